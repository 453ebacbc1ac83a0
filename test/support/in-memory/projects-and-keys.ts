import type { AccessToken, ApiKey } from '../../../core/domain/api-key.ts';
import { ConflictError } from '../../../core/domain/errors.ts';
import type { EventType, Project } from '../../../core/domain/project.ts';
import type { EventTypeStore, KeyStore, ProjectStore } from '../../../core/ports.ts';
import { newestFirst, pageOf } from './page-of.ts';

export function inMemoryTenants(): { projects: ProjectStore; eventTypes: EventTypeStore } {
  const projects = new Map<string, Project>();
  const eventTypes = new Map<string, EventType>();
  const keyOf = ({ createdAt, id }: Project) => `${createdAt}#${id}`;
  return {
    projects: {
      async create(project, catalogue) {
        if (projects.has(project.id)) throw new ConflictError(`There is a project "${project.id}" already.`);
        projects.set(project.id, project);
        for (const eventType of catalogue) eventTypes.set(`${project.id}#${eventType.type}`, eventType);
      },
      get: async (id) => projects.get(id) ?? null,
      list: async (page) => pageOf(newestFirst(projects.values(), keyOf), keyOf, page),
    },
    eventTypes: { get: async (project, type) => eventTypes.get(`${project}#${type}`) ?? null },
  };
}

export function inMemoryKeys(): KeyStore {
  const keys = new Map<string, ApiKey>();
  const tokens = new Map<string, AccessToken>();
  const byHash = (hash: string) => [...keys.values()].find((key) => key.hash === hash) ?? null;
  return {
    async create(key) {
      keys.set(key.id, key);
    },
    async findByHash(hash, now) {
      const token = tokens.get(hash);
      if (token === undefined) return byHash(hash);
      return token.expiresAt > now ? byHash(token.keyHash) : null;
    },
    list: async (project, page) => {
      const mine = [...keys.values()].filter((key) => key.project === project);
      return pageOf(
        newestFirst(mine, ({ id }) => id),
        ({ id }) => id,
        page,
      );
    },
    async get(project, id) {
      const key = keys.get(id);
      return key?.project === project ? key : null;
    },
    async delete(project, id) {
      if (keys.get(id)?.project === project) keys.delete(id);
    },
    async createToken(token) {
      tokens.set(token.hash, token);
    },
  };
}

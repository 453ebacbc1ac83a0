import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../core/kernel/clock.ts';
import { ConflictError, limitReached } from '../../../core/kernel/errors.ts';
import { shortHash } from '../../../core/kernel/ids.ts';
import type { AccessToken, ApiKey } from '../../../core/model/api-key.ts';
import type { EventType } from '../../../core/model/event-type.ts';
import type { Project } from '../../../core/model/project.ts';
import type { EventTypeStore } from '../../../core/ports/event-type-store.ts';
import type { KeyStore } from '../../../core/ports/key-store.ts';
import type { ProjectStore } from '../../../core/ports/project-store.ts';
import { newestFirst, pageOf } from './page-of.ts';

export function inMemoryTenants(clock: Clock): { projects: ProjectStore; eventTypes: EventTypeStore } {
  const projects = new Map<string, Project>();
  const reserved = new Map<string, number>();
  const eventTypes = new Map<string, EventType>();
  const keyOf = ({ createdAt, id }: Project) => `${createdAt}#${id}`;
  const typesOf = (project: string) =>
    [...eventTypes]
      .filter(([name]) => name.startsWith(`${project}#`))
      .map(([, eventType]) => eventType)
      .sort((a, b) => (a.type < b.type ? -1 : 1));
  const put: EventTypeStore['put'] = async (project, eventType, limit = Number.MAX_SAFE_INTEGER) => {
    const name = `${project}#${eventType.type}`;
    if (!eventTypes.has(name) && typesOf(project).length >= limit) throw limitReached(limit, 'event types');
    eventTypes.set(name, eventType);
  };
  const remove = async (project: string, type: string) => {
    eventTypes.delete(`${project}#${type}`);
  };
  return {
    projects: {
      async create(project, catalogue) {
        if (projects.has(project.id) || (reserved.get(project.id) ?? 0) > clock())
          throw new ConflictError(`There is a project "${project.id}" already.`);
        projects.set(project.id, project);
        for (const eventType of catalogue) eventTypes.set(`${project.id}#${eventType.type}`, eventType);
      },
      get: async (id) => projects.get(id) ?? null,
      list: async (page) => pageOf(newestFirst(projects.values(), keyOf), keyOf, page),
      async update(previous, next) {
        if (!isDeepStrictEqual(projects.get(next.id), previous))
          throw new ConflictError('The project was changed meanwhile.');
        projects.set(next.id, next);
      },
      async delete(project, reservedUntil) {
        const { id } = project;
        if (!isDeepStrictEqual(projects.get(id), project))
          throw new ConflictError('The project was changed meanwhile.');
        projects.delete(id);
        reserved.set(id, reservedUntil);
      },
      async forgetCounts() {},
    },
    eventTypes: {
      get: async (project, type) => eventTypes.get(`${project}#${type}`) ?? null,
      put,
      async add(project, given, limit) {
        const added = given.filter(({ type }) => !eventTypes.has(`${project}#${type}`));
        await Promise.all(added.map((eventType) => put(project, eventType, limit)));
        return new Set(added.map(({ type }) => type));
      },
      async list(project, page, filter = {}) {
        const wanted = typesOf(project).filter(({ archived }) => archived === (filter.archived ?? archived));
        return pageOf(wanted, ({ type }) => type, page, 'oldest first');
      },
      delete: remove,
      deleteUncounted: remove,
      schemaVersions: async (project) =>
        new Map(typesOf(project).flatMap(({ type, schema }) => (schema ? [[type, shortHash(schema)]] : []))),
    },
  };
}

export function inMemoryKeys(): KeyStore {
  const keys = new Map<string, ApiKey>();
  const tokens = new Map<string, AccessToken>();
  const byHash = (hash: string) => [...keys.values()].find((key) => key.hash === hash) ?? null;
  const ofProject = (project: string) => [...keys.values()].filter((key) => key.project === project);
  const remove = async (project: string, id: string) => {
    if (keys.get(id)?.project === project) keys.delete(id);
  };
  return {
    async create(key, limit = Number.MAX_SAFE_INTEGER) {
      if (!keys.has(key.id) && ofProject(key.project).length >= limit) throw limitReached(limit, 'keys');
      keys.set(key.id, key);
    },
    async findByHash(hash, now) {
      const token = tokens.get(hash);
      if (token === undefined) return byHash(hash);
      return token.expiresAt > now ? byHash(token.keyHash) : null;
    },
    list: async (project, page) => {
      return pageOf(
        newestFirst(ofProject(project), ({ id }) => id),
        ({ id }) => id,
        page,
      );
    },
    async get(project, id) {
      const key = keys.get(id);
      return key?.project === project ? key : null;
    },
    delete: remove,
    deleteUncounted: remove,
    async createToken(token) {
      tokens.set(token.hash, token);
    },
    async deleteToken(hash) {
      tokens.delete(hash);
    },
  };
}

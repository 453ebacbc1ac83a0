import { newKeySchema, newProjectSchema, projectPatchSchema } from '../../core/api-schemas/project.ts';
import { revokeToken } from '../../core/auth/revoke-token.ts';
import type { CreateOncePorts } from '../../core/idempotency/create-once.ts';
import { found, UnauthorizedError } from '../../core/kernel/errors.ts';
import { validate } from '../../core/kernel/validate.ts';
import { type ChangeProjectPorts, changeProject } from '../../core/manage/change-project.ts';
import { type CreateProjectPorts, createProject } from '../../core/manage/create-project.ts';
import { type DeleteProjectPorts, deleteProject } from '../../core/manage/delete-project.ts';
import { type CreateKeyPorts, createKey, deleteKey, refuseEscalation } from '../../core/manage/keys.ts';
import type { ApiKey } from '../../core/model/api-key.ts';
import type { Project } from '../../core/model/project.ts';
import { projectIdSchema } from '../../core/model/project-id.ts';
import type { KeyStore } from '../../core/ports/key-store.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import { readUsage, type UsagePorts } from '../../core/read/usage.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { answerCreation } from '../middleware/creation.ts';
import { answerList, type ListPorts, NO_FILTER } from '../middleware/paging.ts';

type ProjectsHandlerPorts = ApiOptions &
  CreateProjectPorts &
  ChangeProjectPorts &
  DeleteProjectPorts &
  CreateKeyPorts &
  CreateOncePorts &
  UsagePorts &
  ListPorts & {
    readonly projects: Pick<ProjectStore, 'list'>;
    readonly keys: Pick<KeyStore, 'get' | 'delete' | 'deleteToken'>;
  };

export function projectsHandler(ports: ProjectsHandlerPorts) {
  const { projects, keys } = ports;
  return api('projects', ports, {
    createProject: async (request) => {
      const given = validate(newProjectSchema, request.json.value);
      return answerCreation(ports, request, given, async (seed) => ({
        status: 201,
        body: projectView(await createProject(ports, given, seed)),
      }));
    },
    listProjects: (request) =>
      answerList(ports, request, { filter: NO_FILTER, read: projects.list, view: projectView }),
    getProject: async ({ path }) => ({
      status: 200,
      body: projectView(found(await projects.get(path.project), 'project', path.project)),
    }),
    changeProject: async ({ path, json }) => ({
      status: 200,
      body: projectView(await changeProject(ports, path.project, validate(projectPatchSchema, json.value))),
    }),
    deleteProject: async ({ path, principal }) => {
      // A path may hold any text; one that is too long for an id may also be too long for a key of the table.
      if (projectIdSchema.safeParse(path.project).success)
        await deleteProject(ports, path.project, principal.keyId);
      return { status: 204 };
    },
    getProjectUsage: async ({ path }) => ({ status: 200, body: await readUsage(ports, path.project) }),
    createKey: async (request) => {
      const given = validate(newKeySchema, request.json.value);
      const { name, scopes } = given;
      refuseEscalation(request.principal, scopes);
      return answerCreation(ports, request, given, async (seed) => {
        const { key, secret } = await createKey(ports, request.path.project, name, scopes, seed);
        return { status: 201, body: { ...keyView(key), secret } };
      });
    },
    listKeys: (request) =>
      answerList(ports, request, {
        filter: NO_FILTER,
        read: (page) => keys.list(request.path.project, page),
        view: keyView,
      }),
    deleteKey: async ({ path, principal }) => {
      await deleteKey(ports, principal, path.project, path.id);
      return { status: 204 };
    },
    getOwnKey: async ({ principal }) => {
      const key = await keys.get(principal.project, principal.keyId);
      // The authorizer's cache may still have a key that was deleted.
      if (key === null) throw new UnauthorizedError('The key has been deleted.');
      return { status: 200, body: { ...keyView(key), project: key.project } };
    },
    revokeToken: async ({ headers }) => {
      await revokeToken(ports, headers.authorization);
      return { status: 204 };
    },
  });
}

const projectView = ({ longestRetentionDays: _days, generation: _generation, ...shown }: Project) => shown;

const keyView = ({ id, name, scopes, createdAt }: ApiKey) => ({ id, name, scopes, createdAt });

import { toPathSegment } from '../../client/path-segment.ts';
import { createProject } from '../../core/manage/create-project.ts';
import { deleteProject } from '../../core/manage/delete-project.ts';
import { createKey } from '../../core/manage/keys.ts';
import type { Api } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { openStores } from '../admin/stores.ts';
import type { Patience } from './wait.ts';

/** The project in which the checks run, with its key. */
export interface Subject {
  readonly stack: Deployment;
  readonly project: string;
  readonly api: Api & { readonly key: string };
  /** Distinguishes the events of this run from those of other runs in the same project. */
  readonly run: string;
  readonly patience: Patience;
}

export const pathOf = ({ project }: Pick<Subject, 'project'>, rest: string): string =>
  `/v1/projects/${toPathSegment(project)}/${rest}`;

/** A project that exists for one run, created directly in the table as `npm run admin` does. */
export interface ThrowawayProject {
  readonly project: string;
  /** Create the project and a key with the scopes that the checks need. Return the key's secret. */
  create(): Promise<string>;
  /** Delete the project, even if its creation failed halfway. Its events expire by themselves. */
  delete(): Promise<void>;
}

/** The shortest retention that a project can have. */
const RETENTION_DAYS = 7;
const DELETE_WITHIN_MS = 20_000;

export function throwawayProject(stack: Deployment, run: string): ThrowawayProject {
  const project = `smoke-${run}`;
  const stores = openStores(stack);
  const none = () => {};
  return {
    project,
    async create() {
      const ports = { ...stores, catalogue: [], retentionDays: RETENTION_DAYS };
      await createProject(ports, {
        id: project,
        name: 'Smoke test (safe to delete)',
        exportKey: null,
        companyId: null,
      });
      const { secret } = await createKey(stores, project, 'smoke test', ['manage', 'publish']);
      return secret;
    },
    async delete() {
      const log = { info: none, warn: none, error: none };
      // No key to delete last: the key of this run, if there is one, goes with the others.
      await deleteProject({ ...stores, log, timeLimit: DELETE_WITHIN_MS }, project, '');
    },
  };
}

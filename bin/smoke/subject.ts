import { createProject } from '../../core/manage/create-project.ts';
import { deleteProject } from '../../core/manage/delete-project.ts';
import { createKey } from '../../core/manage/keys.ts';
import { type Api, ApiRefusedError, callApi } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { openStores } from '../admin/stores.ts';
import type { Patience } from './wait.ts';

/** What is checked: a project of a stack, with a key of it. */
export interface Subject {
  readonly stack: Deployment;
  readonly project: string;
  readonly api: Api & { readonly key: string };
  /** Tells this run's events from those of others in the same project. */
  readonly run: string;
  readonly patience: Patience;
}

export const pathOf = ({ project }: Pick<Subject, 'project'>, rest: string): string =>
  `/v1/projects/${encodeURIComponent(project)}/${rest}`;

const NOT_FOUND = 404;

/** Null where the API answers 404. */
export async function getOrNull({ api }: Subject, path: string): Promise<unknown> {
  try {
    return await callApi(api, 'GET', path);
  } catch (error) {
    if (error instanceof ApiRefusedError && error.status === NOT_FOUND) return null;
    throw error;
  }
}

/** A project that lasts as long as a run, made in the table itself as `npm run admin` makes projects. */
export interface Throwaway {
  readonly project: string;
  /** Makes it, and a key that may do what the checks do. Answers the key's secret. */
  make(): Promise<string>;
  /** Removes all of it, also where it was made in part; its events expire by themselves. */
  remove(): Promise<void>;
}

/** The least that there is. */
const RETENTION_DAYS = 7;
const REMOVE_WITHIN_MS = 20_000;

export function throwaway(stack: Deployment, run: string): Throwaway {
  const project = `smoke-${run}`;
  const stores = openStores(stack);
  const none = () => {};
  return {
    project,
    async make() {
      const ports = { ...stores, catalogue: [], retentionDays: RETENTION_DAYS };
      await createProject(ports, {
        id: project,
        name: 'Smoke test: may be deleted',
        exportKey: null,
        companyId: null,
      });
      const { secret } = await createKey(stores, project, 'smoke test', ['manage', 'publish']);
      return secret;
    },
    async remove() {
      const log = { info: none, warn: none, error: none };
      // It was made without its key, or with one that is among the others.
      await deleteProject({ ...stores, log, timeLimit: REMOVE_WITHIN_MS }, project, '');
    },
  };
}

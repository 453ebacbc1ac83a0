import { type EntryPointsDependencies, entryPoints } from '../../core/dialects/weavy/entry-points.ts';
import { NotFoundError } from '../../core/kernel/errors.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import { api, refuseOtherProject, refuseWithoutScope } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';

/** Case-insensitive, with or without the slash before the query. */
const PROCESS_PATH = /^\/v1\/entrypoints\/([^/]+)\/process\/?$/i;

type EntryPointsHandlerDependencies = EntryPointsDependencies & {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly log: FunctionLog;
};

/** Weavy's REST hooks. This function sees every request that no other route took; what is not Weavy's does not exist. */
export function entryPointsHandler({ log, projects, ...dependencies }: EntryPointsHandlerDependencies) {
  const entryPoint = entryPoints(dependencies);
  return api(
    { log, projects },
    {
      $default: {
        scope: 'any',
        run: async ({ method, rawPath, query, json, principal }) => {
          const project = PROCESS_PATH.exec(rawPath)?.[1];
          if (method !== 'POST' || project === undefined)
            throw new NotFoundError(`There is no ${method} ${rawPath}.`);
          await refuseOtherProject(projects, principal, project);
          const { scope, run } = entryPoint(query.c);
          refuseWithoutScope(principal, scope);
          return { status: 200, body: await run(project, await json()) };
        },
      },
    },
  );
}

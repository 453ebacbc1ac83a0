import { findEntryPoint, type WeavyPorts } from '../../core/dialects/weavy/entry-points.ts';
import { NotFoundError } from '../../core/kernel/errors.ts';
import { api, refuseOtherProject, refuseWithoutScope } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';

/** Case-insensitive, with or without the slash before the query. */
const PROCESS_PATH = /^\/v1\/entrypoints\/([^/]+)\/process\/?$/i;

type EntryPointsHandlerPorts = WeavyPorts & { readonly log: FunctionLog };

/** Weavy's REST hooks. This function gets every request that matches no other route, and answers 404 to the rest. */
export function entryPointsHandler(ports: EntryPointsHandlerPorts) {
  const { projects } = ports;
  return api(ports, {
    $default: {
      scope: 'any',
      run: async ({ method, rawPath, query, json, principal }) => {
        const project = PROCESS_PATH.exec(rawPath)?.[1];
        if (method !== 'POST' || project === undefined)
          throw new NotFoundError(`There is no ${method} ${rawPath}.`);
        await refuseOtherProject(projects, principal, project);
        const { scope, run } = findEntryPoint(query.c);
        refuseWithoutScope(principal, scope);
        return { status: 200, body: await run(ports, project, await json()) };
      },
    },
  });
}

import {
  findEntryPoint,
  methodsOfEntryPoint,
  type WeavyPorts,
} from '../../core/dialects/weavy/entry-points.ts';
import { MethodNotAllowedError, NotFoundError } from '../../core/kernel/errors.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { authorityFor, refuseOtherProject, refuseWithoutScope } from '../middleware/authorization.ts';
import type { FailureForm } from '../middleware/failures.ts';
import { frappeException } from '../middleware/frappe-exception.ts';
import { beforeBody } from '../middleware/handlers.ts';
import { problemDetails } from '../middleware/problem-details.ts';
import { allowedMethods } from './allowed-methods.ts';

/** Case-insensitive, with or without the slash before the query. */
const PROCESS_PATH = /^\/v1\/entrypoints\/([^/]+)\/process\/?$/i;

/** Frappe's clients understand no problem documents. */
const failureForm: FailureForm = (failure) =>
  (failure.path.startsWith('/api/') ? frappeException : problemDetails)(failure);

/** Weavy's REST hooks. This function gets every request that matches no other route, and answers 405 or 404 to the rest. */
export function entryPointsHandler(ports: WeavyPorts & ApiOptions) {
  return api(
    'entry-points',
    { ...ports, failureForm },
    {
      processEntryPoint: beforeBody(
        async ({ method, rawPath, query, principal }) => {
          const project = PROCESS_PATH.exec(rawPath)?.[1];
          const allowed = project === undefined ? allowedMethods(rawPath) : methodsOfEntryPoint(query.c);
          if (project === undefined || !allowed.includes(method)) {
            const message = `There is no ${method} ${rawPath}.`;
            throw allowed.length > 0
              ? new MethodNotAllowedError(message, allowed)
              : new NotFoundError(message);
          }
          await refuseOtherProject(ports.projects, principal, project);
          const { scope, run } = findEntryPoint(query.c);
          refuseWithoutScope(principal, scope);
          return { project, run, authority: await authorityFor(ports, principal, scope, project) };
        },
        async ({ json }, { project, run, authority }) => {
          const answer = () => run(ports, project, json.value);
          const body = await (authority === null ? answer() : ports.authorities.during(authority, answer));
          return { status: 200, body };
        },
      ),
    },
  );
}

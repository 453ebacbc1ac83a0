import type { MiddlewareObj } from '@middy/core';
import {
  ForbiddenError,
  NotFoundError,
  UnauthorizedError,
  UnavailableError,
} from '../../core/kernel/errors.ts';
import { hasScope, type Principal, type Scope } from '../../core/model/api-key.ts';
import { projectIdSchema } from '../../core/model/project-id.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { Route } from '../../core/routes.ts';
import type { ApiEvent } from './request.ts';

type Projects = Pick<ProjectStore, 'get'>;

/** The longest id; DynamoDB would refuse a key of more than 1 or 2 KB. */
const MAX_ID_LENGTH = 256;

/** Check scope and project, here and nowhere else. Another project's resources look as if they did not exist. */
export function authorization(
  projects: Projects,
  { scope, projectMayBeGone }: Route,
): MiddlewareObj<ApiEvent> {
  return {
    before: async ({ event }) => {
      const principal = principalOf(event);
      // Types and Frappe's names are length-checked by their own schemas.
      const { project, type: _type, doctype: _doctype, name: _name, ...ids } = event.pathParameters ?? {};
      if (Object.values(ids).some((id) => (id?.length ?? 0) > MAX_ID_LENGTH))
        throw new NotFoundError('No id is that long.');
      const mayBeGone = projectMayBeGone === true && hasScope(principal, 'admin');
      if (project !== undefined && !mayBeGone) await refuseOtherProject(projects, principal, project);
      if (scope !== 'any' && scope !== 'open') refuseWithoutScope(principal, scope);
      event.principal = principal;
    },
  };
}

/** @throws NotFoundError if the project does not exist, or the principal has no access to it */
export async function refuseOtherProject(
  projects: Projects,
  principal: Principal,
  project: string,
): Promise<void> {
  if (principal.project === project) return;
  const exists =
    hasScope(principal, 'admin') &&
    projectIdSchema.safeParse(project).success &&
    (await projects.get(project)) !== null;
  if (!exists) throw new NotFoundError(`There is no project "${project}".`);
}

/** @throws ForbiddenError */
export function refuseWithoutScope(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope)) throw new ForbiddenError(`This needs a key with the scope "${scope}".`);
}

function principalOf({ requestContext }: ApiEvent): Principal {
  const { keyId, project, scopes, unavailable } = requestContext.authorizer?.lambda ?? {};
  if (unavailable) throw new UnavailableError('Your key could not be looked up. Send the request again.');
  if (!keyId || !project || !scopes) {
    throw new UnauthorizedError('Send a valid API key or token: "Authorization: Bearer …".');
  }
  return { keyId, project, scopes: scopes.split(' ') as Scope[] };
}

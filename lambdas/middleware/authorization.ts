import type { MiddlewareObj } from '@middy/core';
import { fromPathSegment } from '../../client/path-segment.ts';
import {
  ForbiddenError,
  NotFoundError,
  notFound,
  UnauthorizedError,
  UnavailableError,
} from '../../core/kernel/errors.ts';
import { mapValues } from '../../core/kernel/objects.ts';
import { hasScope, type Principal, type Scope } from '../../core/model/api-key.ts';
import { projectIdSchema } from '../../core/model/project-id.ts';
import type { Authority, AuthorityStore } from '../../core/ports/authority-store.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { Route } from '../../core/routes.ts';
import type { ApiEvent } from './request.ts';

export interface AuthorizationPorts {
  /** For admin keys, which may name any project that exists. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly authorities: AuthorityStore;
  /**
   * Returns the name in a segment of the path; null if there cannot be one.
   *
   * @default `fromPathSegment`
   */
  readonly nameIn?: (segment: string) => string | null;
}

/** The longest id; DynamoDB would refuse a key of more than 1 or 2 KB. */
const MAX_ID_LENGTH = 256;

/**
 * Decode the names in the path, and check scope and project, here and nowhere else. Another project's resources look as if
 * they did not exist. A key that may change something is read again, because the authorizer may still know one that was
 * deleted.
 */
export function authorization(
  ports: AuthorizationPorts,
  { scope, projectMayBeGone }: Route,
): MiddlewareObj<ApiEvent> {
  return {
    before: async ({ event }) => {
      const { principal, projectIsGone } = callerOf(event);
      // Types and Frappe's names are length-checked by their own schemas.
      // Without names API Gateway leaves the member out; an emulator sends null.
      const names = namesIn(event.pathParameters ?? {}, ports.nameIn);
      event.pathParameters = names;
      const { project, type: _type, doctype: _doctype, name: _name, ...ids } = names;
      if (Object.values(ids).some((id) => id.length > MAX_ID_LENGTH))
        throw new NotFoundError('No id is that long.');
      const mayBeGone = projectMayBeGone === true && hasScope(principal, 'admin');
      if (projectIsGone && !(mayBeGone && project === principal.project))
        throw notFound('project', principal.project);
      if (project !== undefined && !mayBeGone) await refuseOtherProject(ports.projects, principal, project);
      if (scope !== 'any' && scope !== 'open') refuseWithoutScope(principal, scope);
      event.principal = principal;
      const authority = await authorityFor(ports, principal, scope, project, mayBeGone);
      if (authority !== null) event.authority = authority;
    },
  };
}

/** Return the names in the path's parameters. @throws NotFoundError if one cannot be decoded */
function namesIn(
  segments: NonNullable<ApiEvent['pathParameters']>,
  nameIn: NonNullable<AuthorizationPorts['nameIn']> = fromPathSegment,
): Record<string, string> {
  return mapValues(segments as Record<string, string>, (segment) => {
    const name = nameIn(segment);
    if (name === null) throw new NotFoundError(`"${segment}" is not "~" and the base64url of a name.`);
    return name;
  });
}

/** @throws NotFoundError if the project does not exist, or the principal has no access to it */
export async function refuseOtherProject(
  projects: AuthorizationPorts['projects'],
  principal: Principal,
  project: string,
): Promise<void> {
  if (principal.project === project) return;
  const exists =
    hasScope(principal, 'admin') &&
    projectIdSchema.safeParse(project).success &&
    (await projects.get(project)) !== null;
  if (!exists) throw notFound('project', project);
}

/**
 * Return what a change of the project rests on; null for a scope that changes nothing.
 *
 * @throws NotFoundError if the project is gone
 * @throws UnauthorizedError if the key was deleted
 */
export const authorityFor = async (
  { authorities }: Pick<AuthorizationPorts, 'authorities'>,
  principal: Principal,
  scope: Route['scope'],
  project?: string,
  mayBeGone = false,
): Promise<Authority | null> =>
  scope === 'manage' || scope === 'admin' ? authorities.confirm(principal, project, mayBeGone) : null;

/** @throws ForbiddenError */
export function refuseWithoutScope(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope)) throw new ForbiddenError(`This needs a key with the scope "${scope}".`);
}

interface Caller {
  readonly principal: Principal;
  readonly projectIsGone: boolean;
}

function callerOf({ requestContext }: ApiEvent): Caller {
  const { keyId, project, scopes, generation, projectIsGone, unavailable } =
    requestContext.authorizer?.lambda ?? {};
  if (unavailable) throw new UnavailableError('Your key could not be looked up. Send the request again.');
  if (!keyId || !project || !scopes) {
    throw new UnauthorizedError('Send a valid API key or token: "Authorization: Bearer …".');
  }
  const principal = {
    ...{ keyId, project, scopes: scopes.split(' ') as Scope[] },
    ...(generation !== undefined && { generation }),
  };
  return { principal, projectIsGone: projectIsGone !== undefined };
}

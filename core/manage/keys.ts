import type { ProjectLimits } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { ForbiddenError, found } from '../kernel/errors.ts';
import {
  type ApiKey,
  hashBearer,
  hasScope,
  keySecretOf,
  type Principal,
  type Scope,
} from '../model/api-key.ts';
import { newSeed } from '../model/creation-seed.ts';
import type { AuthorityStore } from '../ports/authority-store.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface CreateKeyPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly keys: Pick<KeyStore, 'create'>;
  readonly authorities: Pick<AuthorityStore, 'during'>;
  readonly clock: Clock;
  /** @default none */
  readonly limits?: Pick<ProjectLimits, 'keys'>;
}

/**
 * Create a key. Return it with its secret, which is not stored.
 *
 * @throws NotFoundError if there is no such project
 * @throws LimitReachedError if it has as many as it may have
 */
export async function createKey(
  { projects, keys, authorities, clock, limits }: CreateKeyPorts,
  project: string,
  name: string,
  scopes: readonly Scope[],
  seed = newSeed(clock()),
): Promise<{ key: ApiKey; secret: string }> {
  const { generation } = found(await projects.get(project), 'project', project);
  const secret = keySecretOf(seed.entropy);
  const key = {
    id: `key_${seed.ulid}`,
    project,
    name,
    scopes,
    hash: hashBearer(secret),
    createdAt: new Date(seed.at).toISOString(),
    ...(generation !== undefined && { generation }),
  };
  // A key that is created while its project is being deleted would be left over.
  await authorities.during({ projects: [{ id: project, generation }] }, () => keys.create(key, limits?.keys));
  return { key, secret };
}

/** Delete a key. Succeeds even if there is none. @throws ForbiddenError if it has a scope that the principal lacks */
export async function deleteKey(
  { keys }: { readonly keys: Pick<KeyStore, 'get' | 'delete'> },
  principal: Principal,
  project: string,
  id: string,
): Promise<void> {
  const key = await keys.get(project, id);
  if (key !== null) refuseEscalation(principal, key.scopes);
  await keys.delete(project, id);
}

/** @throws ForbiddenError if the principal would grant or revoke a scope that it lacks; `manage` may grant `publish` */
export function refuseEscalation(principal: Principal, scopes: readonly Scope[]): void {
  const missing = scopes.filter(
    (scope) => !hasScope(principal, scope) && !(scope === 'publish' && hasScope(principal, 'manage')),
  );
  if (missing.length > 0)
    throw new ForbiddenError(`Your key may not grant or revoke the scope ${missing.join(', ')}.`);
}

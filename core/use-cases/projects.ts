import {
  type ApiKey,
  hashBearer,
  hasScope,
  newKeySecret,
  type Principal,
  type Scope,
} from '../domain/api-key.ts';
import { ForbiddenError, NotFoundError } from '../domain/errors.ts';
import { newId } from '../domain/ids.ts';
import type { Catalogue, Project } from '../domain/project.ts';
import type { Clock, KeyStore, ProjectStore } from '../ports.ts';

/** Makes projects. Each starts with the event types of the catalogue. */
export function createProject({
  projects,
  catalogue,
  clock,
}: {
  projects: Pick<ProjectStore, 'create'>;
  catalogue: Catalogue;
  clock: Clock;
}) {
  return async (given: Omit<Project, 'createdAt'>): Promise<Project> => {
    const project = { ...given, createdAt: new Date(clock()).toISOString() };
    await projects.create(project, catalogue);
    return project;
  };
}

export interface CreateKeyDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly keys: Pick<KeyStore, 'create'>;
  readonly clock: Clock;
}

/** Makes keys. The secret is known only to the caller afterwards. */
export function createKey({ projects, keys, clock }: CreateKeyDependencies) {
  return async (
    project: string,
    name: string,
    scopes: readonly Scope[],
  ): Promise<{ key: ApiKey; secret: string }> => {
    if ((await projects.get(project)) === null) throw new NotFoundError(`There is no project "${project}".`);
    const secret = newKeySecret();
    const now = clock();
    const key = {
      id: newId('key', now),
      project,
      name,
      scopes,
      hash: hashBearer(secret),
      createdAt: new Date(now).toISOString(),
    };
    await keys.create(key);
    return { key, secret };
  };
}

/** @throws ForbiddenError if the principal would give or take a scope that it does not have */
export function refuseEscalation(principal: Principal, scopes: readonly Scope[]): void {
  const missing = scopes.filter(
    (scope) => !hasScope(principal, scope) && !(scope === 'publish' && hasScope(principal, 'manage')),
  );
  if (missing.length > 0)
    throw new ForbiddenError(`Your key has no say over the scope ${missing.join(', ')}.`);
}

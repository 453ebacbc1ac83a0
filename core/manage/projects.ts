import type { NewProject, ProjectPatch } from '../api-schemas/project.ts';
import type { Clock } from '../kernel/clock.ts';
import { ForbiddenError, found, ValidationError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import {
  type ApiKey,
  hashBearer,
  hasScope,
  keySecretOf,
  type Principal,
  type Scope,
} from '../model/api-key.ts';
import { newSeed } from '../model/creation-seed.ts';
import type { Catalogue } from '../model/event-type.ts';
import type { Project } from '../model/project.ts';
import { outlasts } from '../model/retry-schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { Page } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

/** Makes projects. Each starts with the event types of the catalogue. */
export function createProject({
  projects,
  catalogue,
  retentionDays,
  clock,
}: {
  projects: Pick<ProjectStore, 'create' | 'get'>;
  catalogue: Catalogue;
  /** Of projects that say nothing of it. */
  retentionDays: number;
  clock: Clock;
}) {
  return async (given: NewProject, seed = newSeed(clock())): Promise<Project> => {
    const project = {
      ...given,
      retentionDays: given.retentionDays ?? retentionDays,
      createdAt: new Date(seed.at).toISOString(),
    };
    const made = seed.resumed ? await projects.get(project.id) : null;
    if (made?.createdAt === project.createdAt) return made;
    await projects.create(project, catalogue);
    return project;
  };
}

export interface ChangeProjectDependencies {
  readonly projects: Pick<ProjectStore, 'get' | 'update'>;
  readonly subscriptions: Pick<SubscriptionStore, 'list'>;
}

/** Changes projects. What is kept for other days than before is what is published from now on. */
export function changeProject({ projects, subscriptions }: ChangeProjectDependencies) {
  /** @throws ValidationError if a subscription's last attempt would find its event gone */
  const refuseOutlasted = async (project: string, retentionDays: number): Promise<void> => {
    let cursor: string | null = null;
    do {
      const page: Page<Subscription> = await subscriptions.list(project, { limit: 100, cursor });
      const outlasting = page.items.find(({ retry }) => outlasts(retry, retentionDays));
      if (outlasting !== undefined) {
        const message = `is shorter than the schedule of the subscription "${outlasting.id}"`;
        throw ValidationError.of([{ path: 'retentionDays', message }]);
      }
      cursor = page.cursor;
    } while (cursor !== null);
  };

  const change = async (id: string, patch: ProjectPatch): Promise<Project> => {
    const previous = found(await projects.get(id), 'project', id);
    const given = Object.entries(patch).filter(([, value]) => value !== undefined);
    const next: Project = { ...previous, ...Object.fromEntries(given) };
    if (next.retentionDays < previous.retentionDays) await refuseOutlasted(id, next.retentionDays);
    await projects.update(previous, next);
    return next;
  };

  /** Merges at the top level, into what is there when it is written. @throws ConflictError if it is always overtaken */
  return (id: string, patch: ProjectPatch): Promise<Project> => retryConflicts(() => change(id, patch));
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
    seed = newSeed(clock()),
  ): Promise<{ key: ApiKey; secret: string }> => {
    found(await projects.get(project), 'project', project);
    const secret = keySecretOf(seed.entropy);
    const key = {
      id: `key_${seed.ulid}`,
      project,
      name,
      scopes,
      hash: hashBearer(secret),
      createdAt: new Date(seed.at).toISOString(),
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

import type { DestinationPolicy } from '../contract.ts';
import { ConflictError, NotFoundError, ValidationError } from '../domain/errors.ts';
import { unmaskHeaders } from '../domain/header-mask.ts';
import { HEALTHY } from '../domain/health.ts';
import { newId } from '../domain/ids.ts';
import { outlasts } from '../domain/retry-schedule.ts';
import { newSecret } from '../domain/signature.ts';
import { disabled, revise, rotateSecrets, type Subscription, startsAnew } from '../domain/subscription.ts';
import {
  type NewSubscription,
  type SubscriptionPatch,
  settingFaults,
  subscriptionDefaults,
} from '../domain/subscription-settings.ts';
import type { BreakerStore, Clock, ProjectStore, SubscriptionStore } from '../ports.ts';

export interface SubscriptionsDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: SubscriptionStore;
  readonly breakers: Pick<BreakerStore, 'hurry'>;
  readonly policy: DestinationPolicy;
  readonly clock: Clock;
}

const MOST_TRIES = 5;

/** What a dialect sets that callers of the native API cannot. */
export type DialectSettings = Pick<Subscription, 'onGone'>;

/** Making, changing and removing subscriptions, for every dialect. */
export function manageSubscriptions({
  projects,
  subscriptions,
  breakers,
  policy,
  clock,
}: SubscriptionsDependencies) {
  const get = async (project: string, id: string): Promise<Subscription> => {
    const subscription = await subscriptions.get(project, id);
    if (subscription === null) throw new NotFoundError(`There is no subscription "${id}".`);
    return subscription;
  };

  /** Refuses a schedule whose last attempt would find its event gone. */
  const refuseOutlasting = async (
    projectId: string,
    retry: Subscription['retry'] | undefined,
  ): Promise<void> => {
    const project = await projects.get(projectId);
    if (project === null) throw new NotFoundError(`There is no project "${projectId}".`);
    if (!outlasts(retry ?? 'standard', project.retentionDays)) return;
    const message = `lasts longer than the ${project.retentionDays} days that the project keeps its events`;
    throw ValidationError.of([{ path: 'retry', message }]);
  };

  /** Refuses what a change would leave, where its fields do not go together. */
  const refuseFaulty = (settings: Parameters<typeof settingFaults>[0]): void => {
    const faults = settingFaults(settings, policy);
    if (faults.length > 0) throw ValidationError.of(faults);
  };

  return {
    get,

    async create(
      project: string,
      given: NewSubscription,
      dialect: DialectSettings = { onGone: 'disable' },
    ): Promise<Subscription> {
      await refuseOutlasting(project, given.retry);
      const now = clock();
      const at = new Date(now).toISOString();
      const { secret = newSecret(), ...settings } = given;
      const subscription: Subscription = {
        ...subscriptionDefaults,
        ...dialect,
        ...withoutUndefined(settings),
        id: newId('sub', now),
        project,
        disabledReason: settings.enabled === false ? 'manual' : null,
        health: HEALTHY,
        cancelledUntil: null,
        secrets: [{ secret, expiresAt: null }],
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      await subscriptions.create(subscription);
      return subscription;
    },

    async change(project: string, id: string, patch: SubscriptionPatch): Promise<Subscription> {
      const previous = await get(project, id);
      if (patch.retry !== undefined) await refuseOutlasting(project, patch.retry);
      const now = clock();
      const changes = {
        ...withoutUndefined(patch),
        headers: patch.headers ? unmaskHeaders(patch.headers, previous.headers) : previous.headers,
        ...(patch.enabled === false && previous.enabled && disabled('manual', now)),
        ...(patch.enabled === true && !previous.enabled && { disabledReason: null }),
      };
      const changed = revise(previous, changes, now);
      refuseFaulty({ ...changed, secret: previous.secrets[0]?.secret });
      const anew = startsAnew(previous, changed);
      const { lastSuccessAt } = previous.health;
      const next = anew ? { ...changed, health: { ...HEALTHY, lastSuccessAt } } : changed;
      await subscriptions.update(previous, next);
      // What is held for it need not wait for the next probe of the old endpoint.
      if (anew) await breakers.hurry(id, now);
      return next;
    },

    /** Replaces the signing secret; the old one counts for the overlap. Answers the new one. */
    async rotateSecret(
      project: string,
      id: string,
      overlapSeconds: number,
      secret = newSecret(),
    ): Promise<string> {
      const previous = await get(project, id);
      const now = clock();
      const secrets = rotateSecrets(previous.secrets, secret, overlapSeconds * 1000, now);
      await subscriptions.update(previous, revise(previous, { secrets }, now));
      return secret;
    },

    /** Also when there is none. */
    async remove(project: string, id: string): Promise<void> {
      for (let tries = 1; ; tries++) {
        const subscription = await subscriptions.get(project, id);
        try {
          if (subscription !== null) await subscriptions.delete(subscription);
          break;
        } catch (error) {
          // Changed between reading and deleting: what it is now is to be deleted.
          if (!(error instanceof ConflictError) || tries === MOST_TRIES) throw error;
        }
      }
    },
  };
}

export type ManageSubscriptions = ReturnType<typeof manageSubscriptions>;

/** What a schema's optional fields leave: absent, not undefined. */
type Present<Given> = { [Key in keyof Given]: Exclude<Given[Key], undefined> };

function withoutUndefined<Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Present<Given>;
}

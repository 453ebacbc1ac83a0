import { type NewSubscription, type SubscriptionPatch, settingFaults } from '../api-schemas/subscription.ts';
import type { DestinationPolicy } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, found, ValidationError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import { type CreationSeed, newSeed } from '../model/creation-seed.ts';
import { unmaskHeaders } from '../model/header-mask.ts';
import { HEALTHY } from '../model/health.ts';
import { outlasts } from '../model/retry-schedule.ts';
import { newSecret, rotateSecrets } from '../model/signing-secret.ts';
import {
  type DialectSettings,
  disabled,
  revise,
  type Subscription,
  startsAnew,
} from '../model/subscription.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { newSubscription, subscriptionId, withoutUndefined } from './new-subscription.ts';

export interface SubscriptionsDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: SubscriptionStore;
  readonly breakers: Pick<BreakerStore, 'makeDueNow'>;
  readonly policy: DestinationPolicy;
  readonly clock: Clock;
}

/** What becomes of a subscription. */
export interface SubscriptionChange {
  readonly settings: SubscriptionPatch;
  /** Takes the place of the signing secret at once. */
  readonly secret?: string | undefined;
  readonly dialectPart?: Subscription['dialectPart'];
  readonly contentType?: Subscription['contentType'];
}

/** Making, changing and removing subscriptions, for every dialect. */
export function manageSubscriptions({
  projects,
  subscriptions,
  breakers,
  policy,
  clock,
}: SubscriptionsDependencies) {
  const get = async (project: string, id: string): Promise<Subscription> =>
    found(await subscriptions.get(project, id), 'subscription', id);

  /** Refuses a schedule whose last attempt would find its event gone. */
  const refuseOutlasting = async (projectId: string, retry: Subscription['retry']): Promise<void> => {
    const project = found(await projects.get(projectId), 'project', projectId);
    if (!outlasts(retry, project.retentionDays)) return;
    const message = `lasts longer than the ${project.retentionDays} days that the project keeps its events`;
    throw ValidationError.of([{ path: 'retry', message }]);
  };

  /** Refuses what a change would leave, where its fields do not go together. */
  const refuseFaulty = (settings: Parameters<typeof settingFaults>[0]): void => {
    const faults = settingFaults(settings, policy);
    if (faults.length > 0) throw ValidationError.of(faults);
  };

  const change = async (
    project: string,
    id: string,
    changeOf: (previous: Subscription) => SubscriptionChange,
  ): Promise<Subscription> => {
    const previous = await get(project, id);
    const { settings: patch, secret, ...dialect } = changeOf(previous);
    const { dialectPart = previous.dialectPart, contentType = previous.contentType } = dialect;
    if (patch.retry !== undefined) await refuseOutlasting(project, patch.retry);
    const now = clock();
    const changes = {
      ...withoutUndefined(patch),
      dialectPart,
      contentType,
      ...(secret !== undefined && { secrets: [{ secret, expiresAt: null }] }),
      headers: patch.headers ? unmaskHeaders(patch.headers, previous.headers) : previous.headers,
      ...(patch.enabled === false && previous.enabled && disabled('manual', now)),
      ...(patch.enabled === true && !previous.enabled && { disabledReason: null }),
    };
    const changed = revise(previous, changes, now);
    refuseFaulty({ ...changed, secret: changed.secrets[0]?.secret });
    const anew = startsAnew(previous, changed);
    const { lastSuccessAt } = previous.health;
    const next = anew ? { ...changed, health: { ...HEALTHY, lastSuccessAt } } : changed;
    await subscriptions.update(previous, next);
    // What is held for it need not wait for the next probe of the old endpoint.
    if (anew) await breakers.makeDueNow(id, now);
    return next;
  };

  return {
    get,

    /** The one with this alias or, if it has none, of this id; null if there is no such. */
    async find(project: string, name: string): Promise<Subscription | null> {
      const found = await subscriptions.getByAlias(project, name);
      if (found !== null) return found;
      const ofId = await subscriptions.get(project, name);
      return ofId?.alias === null ? ofId : null;
    },

    /** @throws ConflictError if another has its alias, or the alias for its id */
    async create(
      project: string,
      given: NewSubscription,
      dialect: Partial<DialectSettings> = {},
      seed: CreationSeed = newSeed(clock()),
    ): Promise<Subscription> {
      const made = seed.resumed ? await subscriptions.get(project, subscriptionId(seed)) : null;
      if (made !== null) return made;
      const { alias = null } = dialect;
      if (alias !== null && (await subscriptions.get(project, alias)) !== null)
        throw new ConflictError(`"${alias}" is the id of another subscription.`);
      const subscription = newSubscription(project, given, dialect, seed);
      await refuseOutlasting(project, subscription.retry);
      await subscriptions.create(subscription);
      return subscription;
    },

    /** Merges at the top level, into what is there when it is written. @throws ConflictError if it is always overtaken */
    change: (project: string, id: string, patch: SubscriptionPatch): Promise<Subscription> =>
      retryConflicts(() =>
        change(project, id, ({ format }) => {
          // Another body than the dialect's, which may be one without a content type.
          const isOther = patch.format !== undefined && patch.format !== format;
          return { settings: patch, ...(isOther && { contentType: 'format' }) };
        }),
      ),

    /** The same, where what is to change depends on what is there. */
    changeFrom: (
      project: string,
      id: string,
      changeOf: (previous: Subscription) => SubscriptionChange,
    ): Promise<Subscription> => retryConflicts(() => change(project, id, changeOf)),

    /** Replaces the signing secret; the old one counts for the overlap. Answers the new one. */
    async rotateSecret(
      project: string,
      id: string,
      overlapSeconds: number,
      secret = newSecret(),
    ): Promise<string> {
      await retryConflicts(async () => {
        const previous = await get(project, id);
        const now = clock();
        const secrets = rotateSecrets(previous.secrets, secret, overlapSeconds * 1000, now);
        await subscriptions.update(previous, revise(previous, { secrets }, now));
      });
      return secret;
    },

    /** Also when there is none. */
    remove: (project: string, id: string): Promise<void> =>
      retryConflicts(async () => {
        const subscription = await subscriptions.get(project, id);
        if (subscription !== null) await subscriptions.delete(subscription);
      }),
  };
}

export type ManageSubscriptions = ReturnType<typeof manageSubscriptions>;

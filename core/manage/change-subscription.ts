import { type SubscriptionPatch, settingFaults } from '../api-schemas/subscription.ts';
import type { DestinationPolicy } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { ValidationError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import { unmaskHeaders } from '../model/header-mask.ts';
import { HEALTHY } from '../model/health.ts';
import { disabled, revise, type Subscription, startsAnew } from '../model/subscription.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { getSubscription } from './get-subscription.ts';
import { withoutUndefined } from './new-subscription.ts';
import { refuseLongerSchedule } from './retention.ts';

export interface ChangeSubscriptionPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update'>;
  readonly breakers: Pick<BreakerStore, 'makeDueNow'>;
  readonly policy: DestinationPolicy;
  readonly clock: Clock;
}

export interface SubscriptionChange {
  readonly settings: SubscriptionPatch;
  /** Replaces the signing secret at once, without an overlap. */
  readonly secret?: string | undefined;
  readonly dialectPart?: Subscription['dialectPart'];
  readonly contentType?: Subscription['contentType'];
}

/** Merge a patch into a subscription, at the top level. @throws ConflictError after 30 lost races */
export const changeSubscription = (
  ports: ChangeSubscriptionPorts,
  project: string,
  id: string,
  patch: SubscriptionPatch,
): Promise<Subscription> =>
  changeSubscriptionFrom(ports, project, id, ({ format }) => {
    // A dialect's requests may lack a content type; those of another format have one.
    const isOther = patch.format !== undefined && patch.format !== format;
    return { settings: patch, ...(isOther && { contentType: 'format' }) };
  });

/** Apply a change that depends on the current version, again for each lost race. @throws ConflictError after 30 of them */
export const changeSubscriptionFrom = (
  ports: ChangeSubscriptionPorts,
  project: string,
  id: string,
  changeOf: (previous: Subscription) => SubscriptionChange,
): Promise<Subscription> =>
  retryConflicts(async () => {
    const previous = await getSubscription(ports, project, id);
    return tryChange(ports, previous, changeOf(previous));
  });

async function tryChange(
  { projects, subscriptions, breakers, policy, clock }: ChangeSubscriptionPorts,
  previous: Subscription,
  { settings: patch, secret, ...dialect }: SubscriptionChange,
): Promise<Subscription> {
  const { dialectPart = previous.dialectPart, contentType = previous.contentType } = dialect;
  if (patch.retry !== undefined) await refuseLongerSchedule(projects, previous.project, patch.retry);
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
  // The patch alone was valid; together with the other settings it may not be.
  const faults = settingFaults({ ...changed, secret: changed.secrets[0]?.secret }, policy);
  if (faults.length > 0) throw ValidationError.of(faults);
  const anew = startsAnew(previous, changed);
  const { lastSuccessAt } = previous.health;
  const next = anew ? { ...changed, health: { ...HEALTHY, lastSuccessAt } } : changed;
  await subscriptions.update(previous, next);
  // Held deliveries need not wait for the next probe of the old endpoint.
  if (anew) await breakers.makeDueNow(previous.id, now);
  return next;
}

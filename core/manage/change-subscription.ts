import { type SubscriptionPatch, subscriptionFaults } from '../api-schemas/subscription.ts';
import type { DestinationPolicy } from '../contract.ts';
import { type WakePumpPorts, wakePump } from '../flow/wake-pump.ts';
import type { Clock } from '../kernel/clock.ts';
import { ValidationError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import { newFlow } from '../model/flow.ts';
import { NO_EVIDENCE } from '../model/flow-state.ts';
import { refuseKeptHeaders, unmaskHeaders } from '../model/header-mask.ts';
import { dialectDefaults, disabled, revise, type Subscription, startsAnew } from '../model/subscription.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { formats } from '../request/formats.ts';
import { getSubscription } from './get-subscription.ts';
import { withoutUndefined } from './new-subscription.ts';
import { refuseLongerSchedule } from './retention.ts';

export interface ChangeSubscriptionPorts extends WakePumpPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update'>;
  readonly flows: Pick<FlowStore, 'wake' | 'change'>;
  readonly policy: DestinationPolicy;
  readonly clock: Clock;
}

export interface SubscriptionChange {
  readonly settings: SubscriptionPatch;
  /** Replaces the signing secret at once, without an overlap. */
  readonly secret?: string | undefined;
  readonly dialectPart?: Subscription['dialectPart'];
  readonly contentType?: Subscription['contentType'];
  readonly onGone?: Subscription['onGone'];
  /** Replaces the alias. The change is rejected like one of an older version if another subscription has it. */
  readonly alias?: string;
}

/** Merge a patch into a subscription, at the top level. @throws ConflictError after 30 lost races */
export const changeSubscription = (
  ports: ChangeSubscriptionPorts,
  project: string,
  id: string,
  patch: SubscriptionPatch,
): Promise<Subscription> =>
  changeSubscriptionFrom(ports, project, id, ({ format }) => {
    if (patch.format === undefined || patch.format === format) return { settings: patch };
    // A dialect's requests may lack a content type; those of another format have one.
    const { onGone = dialectDefaults.onGone } = formats[patch.format]?.defaults ?? {};
    return { settings: patch, contentType: 'format', onGone };
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
  ports: ChangeSubscriptionPorts,
  previous: Subscription,
  { settings: patch, secret, ...dialect }: SubscriptionChange,
): Promise<Subscription> {
  const { projects, subscriptions, flows, policy, clock } = ports;
  const { project, id } = previous;
  const { dialectPart, contentType, onGone, alias } = { ...previous, ...withoutUndefined(dialect) };
  if (patch.retry !== undefined) await refuseLongerSchedule(projects, previous.project, patch.retry);
  const now = clock();
  const changes = {
    ...withoutUndefined(patch),
    ...{ dialectPart, contentType, onGone, alias },
    ...(secret !== undefined && { secrets: [{ secret, expiresAt: null }] }),
    headers: headersAfter(previous, patch),
    ...(patch.enabled === false && previous.enabled && disabled('manual', now)),
    ...(patch.enabled === true && !previous.enabled && { disabledReason: null }),
  };
  const changed = revise(previous, changes, now);
  // The patch alone was valid; together with the other settings it may not be.
  const faults = subscriptionFaults(changed, policy, now);
  if (faults.length > 0) throw ValidationError.of(faults);
  const anew = startsAnew(previous, changed);
  const next = anew ? { ...changed, flow: newFlow(changed.updatedAt) } : changed;
  await subscriptions.update(previous, next);
  if (anew) await flows.change(project, id, ({ lastSuccessAt }) => ({ ...NO_EVIDENCE, lastSuccessAt }));
  // What waits need not wait for the old endpoint, for a pause that is over, or until it is due to be told that it ends.
  if (anew || next.paused !== previous.paused || next.enabled !== previous.enabled)
    await wakePump(ports, project, id, now);
  return next;
}

/** @throws ValidationError if the change would send stored secret headers to another URL */
function headersAfter(previous: Subscription, { url, dynamicUrl, headers }: SubscriptionPatch) {
  const isElsewhere =
    (url ?? previous.url) !== previous.url || (dynamicUrl ?? previous.dynamicUrl) !== previous.dynamicUrl;
  if (isElsewhere) refuseKeptHeaders(headers ?? {}, previous.headers);
  return headers ? unmaskHeaders(headers, previous.headers) : previous.headers;
}

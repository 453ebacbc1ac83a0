import { mayMatch } from '../customer-code/conditions.ts';
import type { EventScope } from '../customer-code/event-scope.ts';
import { disableSubscription } from '../flow/disable-subscription.ts';
import type { Delivery } from '../model/delivery.ts';
import { SLOW_MS } from '../model/flow.ts';
import { conditionMark, isStillWanted, type Subscription } from '../model/subscription.ts';
import type { Verdict } from '../model/verdict.ts';
import type { AttemptInvocation } from './invocation.ts';
import { scheduleNext } from './schedule-next.ts';
import { type SentAttempt, sendAttempt } from './send-attempt.ts';

/** How an attempt ended. */
export interface AttemptEnd {
  readonly verdict: Verdict;
  /** When the next attempt is due, in milliseconds since the epoch; null if there is none. */
  readonly nextAt: number | null;
  /** Whether the delivery stays in the mailbox as it is: a failed probe consumes nothing. */
  readonly stays: boolean;
}

/**
 * Attempt a delivery whose endpoint is direct; put another one into its subscription's mailbox. If this throws, the message
 * must be received again.
 */
export async function attemptOrHold(invocation: AttemptInvocation, delivery: Delivery): Promise<void> {
  const scope = invocation.scopeOf(delivery.event);
  const subscription = await subscriptionFor(invocation, delivery, scope);
  if (subscription === null) return cancel(invocation, delivery);
  if (!(await invocation.lanes.enter(subscription))) return hold(invocation, delivery);
  try {
    if (!(await invocation.mayBegin(subscription))) return await hold(invocation, delivery);
    const sent = await request(invocation, subscription, delivery, { scope });
    await conclude(invocation, subscription, delivery, sent);
  } finally {
    invocation.lanes.leave(subscription);
  }
}

/** Make the request of an attempt. {@link conclude} must follow. */
export async function request(
  invocation: AttemptInvocation,
  subscription: Subscription,
  delivery: Delivery,
  { scope, probe = false }: { readonly scope: EventScope; readonly probe?: boolean },
): Promise<SentAttempt> {
  const { ports, sender } = invocation;
  const slow = setTimeout(() => invocation.noteSlow(subscription), SLOW_MS);
  try {
    return await sendAttempt({ ...ports, sender }, subscription, delivery, { scope, probe });
  } finally {
    // Also after a fault of ours, which says nothing about the endpoint.
    clearTimeout(slow);
  }
}

/**
 * Draw the consequences of an attempt. The order matters: first the next attempt is scheduled, then this one is recorded, and
 * only then may the message be acknowledged or the delivery leave the mailbox.
 *
 * @param probeAgainAt if the attempt was a probe: when the next one is due, in milliseconds since the epoch
 */
export async function conclude(
  invocation: AttemptInvocation,
  subscription: Subscription,
  delivery: Delivery,
  sent: SentAttempt,
  probeAgainAt: number | null = null,
): Promise<AttemptEnd> {
  const { ports, recorder, traffic } = invocation;
  const { clock, metrics } = ports;
  const isProbe = probeAgainAt !== null;
  const verdict = await afterGone(invocation, subscription, sent.verdict, sent.attempt.at);
  invocation.noteOutcome(subscription, {
    verdict,
    isFirst: delivery.number === (delivery.replay?.after ?? 0) + 1 && !isProbe,
    durationMs: sent.attempt.durationMs,
    at: clock(),
  });
  const { follows, at } = await scheduleNext(invocation, delivery, subscription, verdict, probeAgainAt);
  const nextAttemptAt = at === null ? null : new Date(at).toISOString();
  const sinceAcceptedMs = clock() - Date.parse(delivery.event.acceptedAt);
  const recorded = { ...sent.attempt, ...sent.record, nextAttemptAt };
  recorder.add(recorded, { follows, sinceAcceptedMs });
  traffic.add(recorded);
  // The time for which a paced endpoint's delivery waited is no latency of ours.
  if (delivery.trigger === 'event' && subscription.flow.mode === 'direct')
    metrics.measure('FirstAttemptLatency', sinceAcceptedMs);
  return { verdict, nextAt: at, stays: isProbe && follows === 'same-attempt' };
}

/** Return the subscription if it still wants the delivery, or null. */
export async function subscriptionFor(
  { ports: { cachedSubscriptions }, code }: AttemptInvocation,
  delivery: Delivery,
  scope: EventScope,
): Promise<Subscription | null> {
  const { event, project, subscriptionId, replay, conditionHeld } = delivery;
  const requested = { type: event.type, requestedAt: replay?.requestedAt ?? event.acceptedAt };
  const isWanted = async (found: Subscription | null) => {
    if (found === null || !isStillWanted(found, requested)) return false;
    const { condition } = found;
    if (condition === null) return true;
    if (conditionHeld === conditionMark(condition)) scope.conditions.set(condition, true);
    else await code.take(project);
    return mayMatch(condition, scope);
  };
  const cached = await cachedSubscriptions.get(project, subscriptionId);
  if (await isWanted(cached)) return cached;
  // The cached subscription may be older than the event: nothing is cancelled because of what was true ten seconds ago.
  cachedSubscriptions.forget(project, subscriptionId);
  const current = await cachedSubscriptions.get(project, subscriptionId);
  return (await isWanted(current)) ? current : null;
}

export async function cancel({ ports }: AttemptInvocation, delivery: Delivery): Promise<void> {
  const { project, subscriptionId, number, event } = delivery;
  const reason = 'the subscription no longer wants it';
  ports.log.info('delivery cancelled', { project, eventId: event.id, subscriptionId, number, reason });
  if (number > 1) await ports.attemptLog.end({ ...delivery, eventId: event.id });
}

/** Put a delivery into the mailbox. That consumes no attempt. */
async function hold(invocation: AttemptInvocation, delivery: Delivery): Promise<void> {
  const { ports, mailbox } = invocation;
  const { project, subscriptionId, number, replay, conditionHeld, event } = delivery;
  const { id: eventId, acceptedAt } = event;
  const isFirst = number === 1 && replay === undefined;
  await mailbox.put({
    ...{ project, subscriptionId, eventId, number, acceptedAt },
    dueAt: isFirst ? Date.parse(acceptedAt) : ports.clock(),
    ...(replay !== undefined && { replay }),
    ...(conditionHeld !== undefined && { conditionHeld }),
  });
  ports.log.info('delivery held', { project, eventId, subscriptionId, number, replayId: replay?.id });
  ports.metrics.count('DeliveriesHeld');
}

/** Disable the subscription after a 410. If it was changed meanwhile, the delivery is tried again on the changed one. */
async function afterGone(
  { ports }: AttemptInvocation,
  subscription: Subscription,
  verdict: Verdict,
  at: string,
): Promise<Verdict> {
  if (verdict.kind !== 'gone') return verdict;
  return (await disableSubscription(ports, subscription, 'gone', at))
    ? verdict
    : { ...verdict, kind: 'rejected' };
}

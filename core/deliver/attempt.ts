import { mayMatch } from '../customer-code/conditions.ts';
import type { EventScope } from '../customer-code/event-scope.ts';
import { disableSubscription } from '../flow/disable-subscription.ts';
import type { Delivery } from '../model/delivery.ts';
import { placeOf, settledAt } from '../model/event-order.ts';
import { isOperationalType } from '../model/event-pattern.ts';
import { SLOW_MS } from '../model/flow.ts';
import { hopsOf } from '../model/hops.ts';
import { OutOfTime } from '../model/out-of-time.ts';
import { conditionMark, isStillWanted, type Subscription } from '../model/subscription.ts';
import { traceIdOf } from '../model/trace-context.ts';
import type { Verdict } from '../model/verdict.ts';
import type { WaitingKey } from '../model/waiting-delivery.ts';
import type { Sender } from '../ports/sender.ts';
import type { AttemptInvocation } from './invocation.ts';
import { nextStep } from './schedule-next.ts';
import { type SentAttempt, sendAttempt } from './send-attempt.ts';

/** How an attempt ended. */
export interface AttemptEnd {
  readonly verdict: Verdict;
  /** Whether the delivery is in the mailbox, with its next attempt or, after a failed probe, as before. */
  readonly isWaiting: boolean;
}

/**
 * Attempt a delivery whose endpoint is direct; put another one into its subscription's mailbox. If this throws, the message
 * must be received again.
 */
export async function attemptOrHold(invocation: AttemptInvocation, delivery: Delivery): Promise<void> {
  const scope = invocation.scopeOf(delivery.event);
  const subscription = await subscriptionFor(invocation, delivery, scope);
  if (subscription === null) return cancel(invocation, delivery);
  if (!(await invocation.lanes.enter(subscription))) return hold(invocation, subscription, delivery);
  try {
    if (!(await invocation.mayBegin(subscription))) return await hold(invocation, subscription, delivery);
    const sent = await request(invocation, subscription, delivery, {
      scope,
      sender: watchingSender(invocation, subscription),
    });
    await conclude(invocation, subscription, delivery, sent);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    await hold(invocation, subscription, delivery);
  } finally {
    invocation.lanes.leave(subscription);
  }
}

interface RequestOptions {
  readonly scope: EventScope;
  readonly sender: Sender;
  readonly probe?: boolean;
}

/** Make the request of an attempt. {@link conclude} must follow. */
export const request = (
  { ports }: AttemptInvocation,
  subscription: Subscription,
  delivery: Delivery,
  { sender, ...options }: RequestOptions,
): Promise<SentAttempt> => sendAttempt({ ...ports, sender }, subscription, delivery, options);

/** Return a sender that notes when a request to the endpoint of a subscription has been open for too long. */
export const watchingSender = (invocation: AttemptInvocation, subscription: Subscription): Sender => ({
  send(request, about) {
    let slow: ReturnType<typeof setTimeout>;
    const begins = () => {
      slow = setTimeout(() => invocation.noteSlow(subscription), SLOW_MS);
    };
    const waits = () => clearTimeout(slow);
    begins();
    return invocation.sender.send(request, about, { waits, begins }).finally(waits);
  },
});

interface ConcludeOptions {
  /** If the attempt was a probe: when the next one is due, in milliseconds since the epoch. */
  readonly probeAgainAt?: number | null;
  /** The entry of the mailbox that was attempted: the next attempt takes its place. */
  readonly attempted?: WaitingKey | null;
}

/**
 * Draw the consequences of an attempt. Only when the next one is in the mailbox may the message be acknowledged, and nothing
 * leaves the mailbox before it is recorded.
 */
export async function conclude(
  invocation: AttemptInvocation,
  subscription: Subscription,
  delivery: Delivery,
  sent: SentAttempt,
  { probeAgainAt = null, attempted = null }: ConcludeOptions = {},
): Promise<AttemptEnd> {
  const { ports, recorder, traffic } = invocation;
  const { clock, metrics } = ports;
  const isProbe = probeAgainAt !== null;
  const verdict = await afterGone(invocation, subscription, delivery, sent);
  invocation.noteOutcome(subscription, {
    verdict,
    isFirst: delivery.number === (delivery.replay?.after ?? 0) + 1 && !isProbe,
    durationMs: sent.attempt.durationMs,
    at: clock(),
  });
  const { follows, at, next } = await nextStep(ports, delivery, subscription, verdict, probeAgainAt);
  const scheduled = next && invocation.mailbox.put(next, attempted);
  // An attempt whose message comes again is made again. What leaves the mailbox was recorded before that.
  if (attempted === null) await scheduled;
  const nextAttemptAt = at === null ? null : new Date(at).toISOString();
  const sinceAcceptedMs = clock() - Date.parse(delivery.event.acceptedAt);
  const recorded = { ...sent.attempt, ...sent.record, nextAttemptAt };
  recorder.add(recorded, { follows, sinceAcceptedMs });
  traffic.add(recorded);
  // The time for which a paced endpoint's delivery waited is no latency of ours.
  if (delivery.trigger === 'event' && subscription.flow.mode === 'direct')
    metrics.measure('FirstAttemptLatency', sinceAcceptedMs);
  await scheduled;
  return { verdict, isWaiting: at !== null };
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
    const seen = scope.seenBy(found);
    if (conditionHeld === conditionMark(condition)) seen.conditions.set(condition, true);
    else await code.take(project);
    return mayMatch(condition, seen);
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
  const ids = { project, eventId: event.id, ...traceIdOf(event.trace), subscriptionId, number };
  ports.log.info('delivery cancelled', { ...ids, reason });
  if (number > 1) await ports.attemptLog.end({ ...delivery, eventId: event.id });
}

/** Put a delivery into the mailbox. That consumes no attempt. */
async function hold(
  invocation: AttemptInvocation,
  { ordering }: Subscription,
  delivery: Delivery,
): Promise<void> {
  const { ports, mailbox } = invocation;
  const { project, subscriptionId, number, replay, conditionHeld, event } = delivery;
  const { id: eventId, acceptedAt } = event;
  const ordered = ordering === 'strict' ? placeOf(event) : undefined;
  const isFirst = number === 1 && replay === undefined;
  const firstAt = ordered === undefined ? Date.parse(acceptedAt) : settledAt(ordered);
  const now = ports.clock();
  await mailbox.put({
    ...{ project, subscriptionId, eventId, number, acceptedAt },
    dueAt: isFirst ? firstAt : now,
    ...(replay !== undefined && { replay }),
    ...(ordered !== undefined && { ordered }),
    ...(conditionHeld !== undefined && { conditionHeld }),
  });
  // Events that were published after it may have been sent already.
  const isLate = ordered !== undefined && isFirst && now > firstAt;
  const lateMs = isLate ? now - firstAt : undefined;
  const ids = { project, eventId, ...traceIdOf(event.trace), subscriptionId, number, replayId: replay?.id };
  ports.log.info('delivery held', { ...ids, lateMs });
  ports.metrics.count('DeliveriesHeld');
  if (isLate) ports.metrics.count('OrderedDeliveriesLate');
}

/** Disable the subscription after a 410. If it was changed meanwhile, the same attempt is made at once on the changed one. */
async function afterGone(
  { ports }: AttemptInvocation,
  subscription: Subscription,
  { event }: Delivery,
  { verdict, attempt: { at } }: SentAttempt,
): Promise<Verdict> {
  if (verdict.kind !== 'gone') return verdict;
  // An operational event that causes another counts, or a hook that enables the subscription again would never end.
  const hops = hopsOf(event) + (isOperationalType(event.type) ? 1 : 0);
  if (await disableSubscription(ports, subscription, 'gone', at, hops)) return verdict;
  ports.cachedSubscriptions.forget(subscription.project, subscription.id);
  return { ...verdict, kind: 'outdated' };
}

import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { HOLD_MS } from '../model/breaker.ts';
import type { Delivery } from '../model/delivery.ts';
import { isStillWanted, type Subscription } from '../model/subscription.ts';
import type { Verdict } from '../model/verdict.ts';
import { disableSubscription } from './disable-subscription.ts';
import type { DeliverInvocation } from './invocation.ts';
import { scheduleRetry } from './schedule-retry.ts';
import { sendAttempt } from './send-attempt.ts';

/** Tells the caller how a due delivery was handled. */
export interface DeliveryResult {
  /** Null if no attempt was made: the delivery was cancelled, or is held. */
  readonly verdict: Verdict | null;
  /** Whether it waits in the table, for its schedule or held. */
  readonly parked: boolean;
}

/**
 * Make one attempt of a delivery. The order matters: first the next attempt is scheduled, then this one is recorded, and only
 * then may the message be acknowledged. If scheduling fails this throws, and the message is received again.
 *
 * @param probe send even though the subscription's breaker is open
 */
export async function attempt(
  invocation: DeliverInvocation,
  delivery: Delivery,
  probe = false,
): Promise<DeliveryResult> {
  const { ports, recorder, health, traffic } = invocation;
  const { clock, metrics } = ports;
  const scope = new EventScope(delivery.event, clock());
  const subscription = await subscriptionFor(invocation, delivery, scope);
  if (subscription === null) {
    await cancel(invocation, delivery);
    return { verdict: null, parked: false };
  }
  if (subscription.health.state === 'open' && !probe) {
    await hold(invocation, delivery);
    return { verdict: null, parked: true };
  }
  const sent = await sendAttempt({ ...ports, sender: invocation.sender }, subscription, delivery, {
    scope,
    probe,
  });
  const verdict = await afterGone(invocation, subscription, sent.verdict, sent.attempt.at);
  health.add(subscription, verdict, delivery.number, sent.attempt.at);
  const { follows, at } = await scheduleRetry(ports, delivery, subscription, verdict);
  const nextAttemptAt = at === null ? null : new Date(at).toISOString();
  const sinceAcceptedMs = clock() - Date.parse(delivery.event.acceptedAt);
  const recorded = { ...sent.attempt, ...sent.record, nextAttemptAt };
  recorder.add(recorded, { follows, sinceAcceptedMs });
  traffic.add(recorded);
  // The time for which an endpoint was down is no latency of ours.
  if (delivery.trigger === 'event' && !probe) metrics.measure('FirstAttemptLatency', sinceAcceptedMs);
  return { verdict, parked: follows === 'parked' };
}

/** Return the subscription if it still wants the delivery, or null. */
async function subscriptionFor(
  { ports: { cachedSubscriptions } }: DeliverInvocation,
  delivery: Delivery,
  scope: EventScope,
): Promise<Subscription | null> {
  const { event, project, subscriptionId, replay } = delivery;
  const requested = { type: event.type, requestedAt: replay?.requestedAt ?? event.acceptedAt };
  const isWanted = (found: Subscription | null) =>
    found !== null && isStillWanted(found, requested) && mayMatch(found.condition, scope);
  const cached = await cachedSubscriptions.get(project, subscriptionId);
  if (isWanted(cached)) return cached;
  // The cached subscription may be older than the event: nothing is cancelled because of what was true ten seconds ago.
  cachedSubscriptions.forget(project, subscriptionId);
  const current = await cachedSubscriptions.get(project, subscriptionId);
  return isWanted(current) ? current : null;
}

async function cancel({ ports }: DeliverInvocation, delivery: Delivery): Promise<void> {
  const { project, subscriptionId, number, event } = delivery;
  const reason = 'the subscription no longer wants it';
  ports.log.info('delivery cancelled', { project, eventId: event.id, subscriptionId, number, reason });
  if (number > 1) await ports.attemptLog.end({ ...delivery, eventId: event.id });
}

/** Park a delivery until the breaker closes. Holding it consumes no attempt. */
async function hold(
  { ports: { parked, clock, log, metrics } }: DeliverInvocation,
  { project, subscriptionId, number, replay, event }: Delivery,
): Promise<void> {
  const { id: eventId, acceptedAt } = event;
  const scheduledFor = clock() + HOLD_MS;
  await parked.park({
    ...{ project, subscriptionId, eventId, number, acceptedAt, scheduledFor, held: true },
    ...(replay !== undefined && { replay }),
  });
  log.info('delivery held', { project, eventId, subscriptionId, number, replayId: replay?.id });
  metrics.count('DeliveriesHeld');
}

/** Disable the subscription after a 410. If it was changed meanwhile, the delivery is tried again on the changed one. */
async function afterGone(
  { ports }: DeliverInvocation,
  subscription: Subscription,
  verdict: Verdict,
  at: string,
): Promise<Verdict> {
  if (verdict.kind !== 'gone') return verdict;
  return (await disableSubscription(ports, subscription, 'gone', at))
    ? verdict
    : { ...verdict, kind: 'rejected' };
}

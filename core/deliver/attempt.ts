import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import type { Clock } from '../kernel/clock.ts';
import { RenderError } from '../kernel/errors.ts';
import { type Attempt, attemptId, loggedRequest, type RenderFailure } from '../model/attempt.ts';
import { HOLD_MS } from '../model/breaker.ts';
import type { Delivery } from '../model/delivery.ts';
import type { OutgoingRequest, SendResult } from '../model/send-result.ts';
import { isStillWanted, type Subscription } from '../model/subscription.ts';
import { CONSEQUENCES, judge, type Verdict } from '../model/verdict.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Sender } from '../ports/sender.ts';
import { makeRequest } from '../request/outgoing-request.ts';
import { disableSubscription } from './disable-subscription.ts';
import type { DeliverInvocation } from './invocation.ts';
import { scheduleRetry } from './schedule-retry.ts';

/** The result for a delivery that was due. */
export interface Outcome {
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
): Promise<Outcome> {
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

export interface SendAttemptPorts {
  /** Projects as they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly sender: Sender;
  readonly clock: Clock;
}

export interface SentAttempt {
  readonly attempt: Omit<Attempt, 'nextAttemptAt'>;
  /** What its record has besides the attempt. */
  readonly record: Omit<RecordedAttempt, keyof Attempt>;
  readonly verdict: Verdict;
}

/** Make the request of an attempt, send it and judge the response. */
export async function sendAttempt(
  ports: SendAttemptPorts,
  subscription: Subscription,
  delivery: Delivery,
  { scope = new EventScope(delivery.event, ports.clock()), probe = false } = {},
): Promise<SentAttempt> {
  const { event, subscriptionId, number, trigger, replay, eventBatch } = delivery;
  const startedAt = ports.clock();
  const { request, result } = await renderAndSend(ports, subscription, delivery, scope, startedAt, probe);
  const verdict = judge(result, ports.clock());
  return {
    verdict,
    attempt: {
      id: attemptId(delivery),
      eventId: event.id,
      eventType: event.type,
      ...{ subscriptionId, number, trigger },
      at: new Date(startedAt).toISOString(),
      durationMs: Math.round(result.durationMs),
      request: loggedRequest(request),
      response: 'response' in result ? result.response : null,
      outcome: CONSEQUENCES[verdict.kind].outcome,
      error: verdict.error,
      ...(verdict.detail !== undefined && { detail: verdict.detail }),
    },
    record: {
      project: event.project,
      expiresAt: event.expiresAt,
      ...(replay !== undefined && { replay }),
      ...(eventBatch !== undefined && { eventBatch }),
    },
  };
}

async function renderAndSend(
  { projects, sender }: SendAttemptPorts,
  subscription: Subscription,
  { event, subscriptionId, number, replay }: Delivery,
  scope: EventScope,
  now: number,
  probe: boolean,
): Promise<{ request: OutgoingRequest; result: SendResult | RenderFailure }> {
  try {
    const request = await makeRequest(projects, subscription, event, now, scope);
    const { id: replayId = null, after = 0 } = replay ?? {};
    const about = { subscriptionId, eventId: event.id, number, replayId, after, probe };
    return { request, result: await sender.send(request, about) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { method, url, timeoutSeconds } = subscription;
    const request = { method, url, headers: {}, body: '', timeoutMs: timeoutSeconds * 1000 };
    return { request, result: { error: 'render', detail: error.message, durationMs: 0 } };
  }
}

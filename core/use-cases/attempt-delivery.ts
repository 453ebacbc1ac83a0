import { attemptId, judge, loggedRequest, type RenderFailure, type Verdict } from '../domain/attempt.ts';
import { type Delivery, deliveryText } from '../domain/delivery.ts';
import { eventText } from '../domain/event.ts';
import { matches } from '../domain/event-type.ts';
import type { OutgoingRequest, SendResult } from '../domain/exchange.ts';
import type { Formats } from '../domain/format.ts';
import { outgoingRequest, RenderError } from '../domain/outgoing-request.ts';
import { deliveryExhausted, isOwnType } from '../domain/own-event.ts';
import { MAX_QUEUE_DELAY_SECONDS, nextAttemptAt } from '../domain/retry-schedule.ts';
import type { Subscription } from '../domain/subscription.ts';
import type {
  Clock,
  Log,
  MessageQueue,
  ParkedDeliveries,
  Random,
  Sender,
  SubscriptionStore,
} from '../ports.ts';
import type { DisableSubscription } from './disable-subscription.ts';
import type { PublishOwn } from './publish-own.ts';
import type { AttemptRecorder } from './record-attempts.ts';
import type { HealthTracker } from './track-health.ts';

export interface AttemptDeliveryDependencies {
  /** May be up to 10 s old. */
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly disableSubscription: DisableSubscription;
  readonly publishOwn: PublishOwn;
  readonly health: Pick<HealthTracker, 'add'>;
  readonly formats: Formats;
  readonly sender: Sender;
  readonly retriesQueue: MessageQueue;
  readonly parked: Pick<ParkedDeliveries, 'park'>;
  readonly attempts: AttemptRecorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Makes one attempt and schedules what follows. Answers whether the delivery waits in the table now. */
export type AttemptDelivery = (delivery: Delivery) => Promise<boolean>;

/**
 * The order matters: first what follows is scheduled, then the attempt is recorded, and only then may the message be
 * acknowledged. If the schedule fails this throws and the message comes again.
 */
export function attemptDelivery(dependencies: AttemptDeliveryDependencies): AttemptDelivery {
  const { subscriptions, attempts, clock, log } = dependencies;
  return async (delivery) => {
    const { event, subscriptionId, number, trigger } = delivery;
    const subscription = await subscriptions.get(delivery.project, subscriptionId);
    if (subscription === null || !subscription.enabled || !matches(subscription.events, event.type)) {
      log.info('delivery dropped', {
        subscriptionId,
        eventId: event.id,
        reason: 'the subscription no longer wants it',
      });
      return false;
    }
    const startedAt = clock();
    const { request, result } = await exchange(dependencies, subscription, delivery, startedAt);
    const judged = judge(result, clock());
    const since = new Date(startedAt).toISOString();
    const stands = judged.gone && !(await dependencies.disableSubscription(subscription, 'gone', since));
    // Tried again, as it is now; if it is disabled or gone by then, the delivery ends there.
    const verdict = stands ? { ...judged, retryable: true } : judged;
    dependencies.health.add(subscription, verdict);
    const next = await scheduleNext(dependencies, delivery, subscription, verdict);
    attempts.add({
      id: attemptId(event, subscriptionId, number),
      project: event.project,
      eventId: event.id,
      eventType: event.type,
      subscriptionId,
      number,
      trigger,
      at: since,
      durationMs: Math.round(result.durationMs),
      request: loggedRequest(request),
      response: 'response' in result ? result.response : null,
      outcome: verdict.outcome,
      error: verdict.error,
      ...(verdict.detail !== undefined && { detail: verdict.detail }),
      nextAttemptAt: next.at === null ? null : new Date(next.at).toISOString(),
      expiresAt: event.expiresAt,
    });
    return next.parked;
  };
}

async function exchange(
  { formats, sender }: AttemptDeliveryDependencies,
  subscription: Subscription,
  { event }: Delivery,
  now: number,
): Promise<{ request: OutgoingRequest; result: SendResult | RenderFailure }> {
  try {
    const request = outgoingRequest(subscription, event, formats, now);
    return { request, result: await sender.send(request) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { method, url, timeoutSeconds } = subscription;
    const request = { method, url, headers: {}, body: '', timeoutMs: timeoutSeconds * 1000 };
    return { request, result: { error: 'render', detail: error.message, durationMs: 0 } };
  }
}

/** Sends the next attempt to the retries queue with its delay, or parks it where the delay is too long for SQS. */
async function scheduleNext(
  { retriesQueue, parked, publishOwn, clock, random, log }: AttemptDeliveryDependencies,
  delivery: Delivery,
  subscription: Subscription,
  verdict: Verdict,
): Promise<{ at: number | null; parked: boolean }> {
  if (!verdict.retryable) return { at: null, parked: false };
  const { event, subscriptionId, project } = delivery;
  const now = clock();
  const at = nextAttemptAt({
    retry: subscription.retry,
    number: delivery.number,
    now,
    retryAfter: verdict.retryAfter,
    random: random(),
  });
  if (at === null) {
    log.warn('delivery exhausted', { project, subscriptionId, eventId: event.id, attempts: delivery.number });
    // What tells of failures must not, failing, tell of itself.
    if (!isOwnType(event.type))
      await publishOwn(project, deliveryExhausted(subscriptionId, event.id, event.type, delivery.number));
    return { at, parked: false };
  }
  const number = delivery.number + 1;
  const delaySeconds = Math.max(0, Math.ceil((at - now) / 1000));
  if (delaySeconds > MAX_QUEUE_DELAY_SECONDS) {
    await parked.park({
      project,
      subscriptionId,
      eventId: event.id,
      number,
      acceptedAt: event.acceptedAt,
      scheduledFor: at,
    });
    return { at, parked: true };
  }
  const body = deliveryText({ project, subscriptionId, number, trigger: 'retry' }, eventText(event));
  const unsent = await retriesQueue.send([{ body, groupId: subscriptionId, delaySeconds }]);
  if (unsent.size > 0) throw new Error('The retry could not be scheduled.');
  return { at, parked: false };
}

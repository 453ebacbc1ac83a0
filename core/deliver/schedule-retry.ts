import type { Clock, Random } from '../kernel/clock.ts';
import type { Verdict } from '../model/attempt.ts';
import type { Delivery } from '../model/delivery.ts';
import { deliveryText } from '../model/delivery-message.ts';
import { eventText } from '../model/event.ts';
import { deliveryExhausted, isOwnType } from '../model/operational-event.ts';
import { MAX_QUEUE_DELAY_SECONDS, nextAttemptAt } from '../model/retry-schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { ParkedDeliveries } from '../ports/parked-deliveries.ts';
import type { PublishOwn } from '../publish/operational-events.ts';

export interface ScheduleNextDependencies {
  readonly publishOwn: PublishOwn;
  readonly retriesQueue: MessageQueue;
  readonly parked: Pick<ParkedDeliveries, 'park'>;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * What follows an attempt: nothing after a success or a test; another one, that waits in the retries queue or in the table;
 * or none, because the schedule has come to its end or the endpoint wants nothing more.
 */
export type Follows = 'nothing' | 'queued' | 'parked' | 'exhausted' | 'gone';

export interface Next {
  readonly follows: Follows;
  /** When the next attempt is due, in milliseconds since the epoch; null if there is none. */
  readonly at: number | null;
}

/**
 * Sends the next attempt to the retries queue with its delay, or parks it where the delay is too long for SQS.
 *
 * @throws Error if neither could be done: the message must come again
 */
export async function scheduleNext(
  { retriesQueue, parked, publishOwn, clock, random }: ScheduleNextDependencies,
  delivery: Delivery,
  subscription: Subscription,
  verdict: Verdict,
): Promise<Next> {
  const { event, subscriptionId, project, replay } = delivery;
  const run = replay === undefined ? {} : { replay };
  if (verdict.outcome === 'success') return { follows: 'nothing', at: null };
  if (verdict.gone) return { follows: 'gone', at: null };
  const now = clock();
  const at = verdict.retryable
    ? nextAttemptAt({
        retry: subscription.retry,
        number: delivery.number - (replay?.after ?? 0),
        now,
        retryAfter: verdict.retryAfter,
        random: random(),
      })
    : null;
  // An attempt that would find its event gone is none.
  if (at === null || at >= event.expiresAt) {
    // What tells of failures must not, failing, tell of itself.
    if (!isOwnType(event.type))
      await publishOwn(project, deliveryExhausted(subscriptionId, event.id, event.type, delivery.number));
    return { follows: 'exhausted', at: null };
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
      held: false,
      ...run,
    });
    return { follows: 'parked', at };
  }
  const body = deliveryText({ project, subscriptionId, number, trigger: 'retry', ...run }, eventText(event));
  const unsent = await retriesQueue.send([{ body, groupId: subscriptionId, delaySeconds }]);
  if (unsent.size > 0) throw new Error('The retry could not be scheduled.');
  return { follows: 'queued', at };
}

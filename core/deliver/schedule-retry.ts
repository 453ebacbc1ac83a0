import type { Delivery } from '../model/delivery.ts';
import { deliveryExhausted, isOperationalType } from '../model/operational-event.ts';
import { MAX_QUEUE_DELAY_SECONDS, nextAttemptAt } from '../model/retry-schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import { publishOperationalEvent } from '../publish/operational-events.ts';
import type { DeliverPorts } from './ports.ts';

/**
 * The next step after an attempt: none after a success or a test, a queued retry, a parked retry, or none because the
 * schedule is exhausted or the endpoint is gone.
 */
export type Follows = 'nothing' | 'queued' | 'parked' | 'exhausted' | 'gone';

interface NextStep {
  readonly follows: Follows;
  /** When the next attempt is due, in milliseconds since the epoch; null if there is none. */
  readonly at: number | null;
}

/**
 * Send the next attempt to the retries queue with its delay, or park it if the delay is too long for SQS.
 *
 * @throws Error if neither is possible: the message must be received again
 */
export async function scheduleRetry(
  ports: DeliverPorts,
  delivery: Delivery,
  subscription: Subscription,
  verdict: Verdict,
): Promise<NextStep> {
  if (verdict.kind === 'delivered') return { follows: 'nothing', at: null };
  if (verdict.kind === 'gone') return { follows: 'gone', at: null };
  const { event, subscriptionId, project, replay } = delivery;
  const now = ports.clock();
  const at = CONSEQUENCES[verdict.kind].isRetried
    ? nextAttemptAt({
        retry: subscription.retry,
        number: delivery.number - (replay?.after ?? 0),
        now,
        retryAfter: verdict.retryAfter,
        random: ports.random(),
      })
    : null;
  // An attempt that would find its event expired cannot be made.
  if (at === null || at >= event.expiresAt) {
    await reportExhausted(ports, delivery);
    return { follows: 'exhausted', at: null };
  }
  const number = delivery.number + 1;
  const delaySeconds = Math.max(0, Math.ceil((at - now) / 1000));
  const next = { project, subscriptionId, number, ...(replay !== undefined && { replay }) };
  if (delaySeconds > MAX_QUEUE_DELAY_SECONDS) {
    const { id: eventId, acceptedAt } = event;
    await ports.parked.park({ ...next, eventId, acceptedAt, scheduledFor: at, held: false });
    return { follows: 'parked', at };
  }
  const message = { kind: 'delivery', delivery: { ...next, trigger: 'retry', event } } as const;
  const unsent = await ports.retriesQueue.send([{ message, groupId: subscriptionId, delaySeconds }]);
  if (unsent.size > 0) throw new Error('The retry could not be scheduled.');
  return { follows: 'queued', at };
}

async function reportExhausted(
  ports: DeliverPorts,
  { project, subscriptionId, event, number }: Delivery,
): Promise<void> {
  // An operational event that fails to be delivered must not cause another one.
  if (isOperationalType(event.type)) return;
  await publishOperationalEvent(
    ports,
    project,
    deliveryExhausted(subscriptionId, event.id, event.type, number),
  );
}

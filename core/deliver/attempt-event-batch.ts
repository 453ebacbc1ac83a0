import { deliveriesOf, type EventBatchDeliveries } from '../model/delivery-message.ts';
import { traceIdOf } from '../model/trace-context.ts';
import { attemptOrHold } from './attempt.ts';
import { endIfErased } from './end-erased.ts';
import type { DeliverInvocation } from './invocation.ts';

/** Long enough for a throttled table to recover. */
const RETRY_SECONDS = 30;

/**
 * Make the first attempts of an event batch's deliveries. A delivery that fails because of a fault of ours is sent again by
 * itself: the others must not be attempted twice because of it.
 *
 * @throws Error if it cannot be sent again, or all of them failed: the message must be received again
 */
export async function attemptEventBatch(
  invocation: DeliverInvocation,
  message: EventBatchDeliveries,
): Promise<void> {
  const { retriesQueue, log, metrics } = invocation.ports;
  const { part, deliveries } = deliveriesOf(message);
  const results = await Promise.allSettled(
    deliveries.map(async (delivery) => {
      if (!(await endIfErased(invocation, delivery))) await attemptOrHold(invocation, delivery);
    }),
  );
  invocation.recorder.endEventBatch(part);
  const failed = deliveries.flatMap((delivery, index) => {
    const result = results[index];
    return result?.status === 'rejected' ? [{ delivery, error: result.reason }] : [];
  });
  const [first] = failed;
  if (first === undefined) return;
  if (failed.length === deliveries.length) throw first.error;
  const unsent = await retriesQueue.send(
    failed.map(({ delivery: { eventBatch: _, ...delivery } }) => ({
      message: { kind: 'delivery', delivery },
      groupId: delivery.project,
      delaySeconds: RETRY_SECONDS,
    })),
  );
  if (unsent.size > 0) throw first.error;
  for (const { delivery, error } of failed) {
    const { project, event, subscriptionId, number } = delivery;
    const ids = { project, eventId: event.id, ...traceIdOf(event.trace), subscriptionId, number };
    log.error('delivery not made', { ...ids, error });
  }
  metrics.count('MessagesFailed', failed.length);
}

import type { Delivery } from '../model/delivery.ts';
import { deliveryText, type LotDeliveries } from '../model/delivery-message.ts';
import { eventText } from '../model/event.ts';
import type { Log } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { AttemptDelivery } from './attempt-delivery.ts';
import type { AttemptRecorder } from './record-attempts.ts';

export interface AttemptLotDependencies {
  readonly attemptDelivery: AttemptDelivery;
  readonly attempts: Pick<AttemptRecorder, 'endLot'>;
  readonly retriesQueue: MessageQueue;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What befell them, a throttled table say, may be over by then. */
const AGAIN_SECONDS = 30;

/**
 * Makes the first attempts of a lot's deliveries. Those that a fault of ours befell come again, each by itself: the others
 * must not be made twice for them.
 *
 * @throws Error if that could not be arranged, or all of them failed: the message must come again
 */
export function attemptLot(dependencies: AttemptLotDependencies) {
  const { attemptDelivery, attempts, retriesQueue, log, metrics } = dependencies;
  return async ({ lot, subscriptionId, deliveries }: LotDeliveries): Promise<void> => {
    const ends = await Promise.allSettled(deliveries.map((delivery) => attemptDelivery(delivery)));
    attempts.endLot(lot);
    const failed = deliveries.flatMap((delivery, index) => {
      const end = ends[index];
      return end?.status === 'rejected' ? [{ delivery, error: end.reason }] : [];
    });
    const [first] = failed;
    if (first === undefined) return;
    if (failed.length === deliveries.length) throw first.error;
    const unsent = await retriesQueue.send(failed.map(({ delivery }) => alone(delivery)));
    if (unsent.size > 0) throw first.error;
    for (const { delivery, error } of failed) {
      const { project, event, number } = delivery;
      log.error('delivery not made', { project, eventId: event.id, subscriptionId, number, error });
    }
    metrics.count('MessagesFailed', failed.length);
  };
}

const alone = ({ project, subscriptionId, number, trigger, event }: Delivery) => ({
  body: deliveryText({ project, subscriptionId, number, trigger }, eventText(event)),
  groupId: subscriptionId,
  delaySeconds: AGAIN_SECONDS,
});

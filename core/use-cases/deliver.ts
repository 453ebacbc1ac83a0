import { type ClaimedDelivery, readDeliveryMessage } from '../domain/delivery.ts';
import type { EventStore, Log, ParkedDeliveries, QueueMessage } from '../ports.ts';
import type { AttemptDelivery } from './attempt-delivery.ts';
import type { AttemptRecorder } from './record-attempts.ts';
import type { HealthTracker } from './track-health.ts';

export interface DeliverDependencies {
  readonly attemptDelivery: AttemptDelivery;
  readonly events: Pick<EventStore, 'get'>;
  readonly parked: Pick<ParkedDeliveries, 'claimed' | 'complete'>;
  readonly attempts: AttemptRecorder;
  readonly health: Pick<HealthTracker, 'flush'>;
  readonly log: Log;
}

/**
 * Makes one attempt for each message of the deliveries or the retries queue. An endpoint's failure is recorded and
 * the next attempt scheduled; only what is our own fault is among the answered ids of messages that must come again.
 */
export function deliver(dependencies: DeliverDependencies) {
  const { attempts, health, log } = dependencies;
  return async (messages: readonly QueueMessage[]): Promise<string[]> => {
    const failed = await Promise.all(
      messages.map(async (message) => {
        try {
          await handle(dependencies, message);
          return [];
        } catch (error) {
          log.error('delivery not handled', { messageId: message.id, error });
          return [message.id];
        }
      }),
    );
    await Promise.all([attempts.flush(), health.flush()]);
    return failed.flat();
  };
}

async function handle(dependencies: DeliverDependencies, message: QueueMessage): Promise<void> {
  const read = readDeliveryMessage(message.body);
  if ('lease' in read) await handleClaimed(dependencies, read);
  else await dependencies.attemptDelivery(read);
}

/** What was parked is a reference: it may have been completed, claimed anew, or outlived its event. */
async function handleClaimed(dependencies: DeliverDependencies, claim: ClaimedDelivery): Promise<void> {
  const { attemptDelivery, events, parked, log } = dependencies;
  const waiting = await parked.claimed(claim);
  if (waiting === null) {
    log.info('claim void', { ...claim });
    return;
  }
  const event = await events.get(waiting.project, waiting.eventId);
  if (event !== null) {
    const { project, subscriptionId, number } = waiting;
    const parkedAgain = await attemptDelivery({ project, subscriptionId, number, trigger: 'retry', event });
    if (parkedAgain) return;
  } else {
    log.warn('delivery ended', { ...claim, reason: "the event's retention has ended" });
  }
  await parked.complete(claim);
}

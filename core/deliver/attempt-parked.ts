import type { ParkedDelivery } from '../model/delivery.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Log } from '../ports/logger.ts';
import type { AttemptDelivery, Outcome } from './attempt-delivery.ts';
import type { AttemptRecorder } from './record-attempts.ts';

export interface AttemptParkedDependencies {
  readonly attemptDelivery: AttemptDelivery;
  readonly events: Pick<EventStore, 'get'>;
  readonly attempts: Pick<AttemptRecorder, 'flush'>;
  readonly log: Log;
}

/** A delivery by reference: one that waited in the table, or is to be made again. */
type Referred = Pick<ParkedDelivery, 'project' | 'subscriptionId' | 'eventId' | 'number' | 'replay'>;

/** Attempts a delivery by reference. Resolves when the attempt is recorded, so that what refers to it may be taken out. */
export type AttemptParked = (waiting: Referred, probing?: boolean) => Promise<Outcome>;

export function attemptParked(dependencies: AttemptParkedDependencies): AttemptParked {
  const { attemptDelivery, events, attempts, log } = dependencies;
  return async (waiting, probing) => {
    const { project, subscriptionId, eventId, number, replay } = waiting;
    const event = await events.get(project, eventId);
    if (event === null || event.suppress) {
      const reason = event === null ? "the event's retention has ended" : 'the event is suppressed';
      log.warn('delivery ended', { project, eventId, subscriptionId, number, reason });
      return { verdict: null, parked: false };
    }
    const first = replay === undefined ? 'event' : 'replay';
    const trigger = number > (replay?.after ?? 0) + 1 ? 'retry' : first;
    const run = replay === undefined ? {} : { replay };
    const outcome = await attemptDelivery(
      { project, subscriptionId, number, trigger, event, ...run },
      probing,
    );
    await attempts.flush();
    return outcome;
  };
}

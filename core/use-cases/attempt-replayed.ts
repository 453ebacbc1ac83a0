import type { ReplayedDelivery } from '../domain/delivery-message.ts';
import type { AttemptLog, EventStore, Log } from '../ports.ts';
import type { AttemptDelivery } from './attempt-delivery.ts';

export interface AttemptReplayedDependencies {
  readonly attemptDelivery: AttemptDelivery;
  readonly events: Pick<EventStore, 'get'>;
  readonly attemptLog: Pick<AttemptLog, 'last'>;
  readonly log: Log;
}

/** Attempts a delivery once more. Its attempts are counted on from those that were made before. */
export function attemptReplayed(dependencies: AttemptReplayedDependencies) {
  const { attemptDelivery, events, attemptLog, log } = dependencies;
  return async ({ project, subscriptionId, eventId, id, requestedAt }: ReplayedDelivery): Promise<void> => {
    const event = await events.get(project, eventId);
    if (event === null || event.suppress) {
      const reason = event === null ? "the event's retention has ended" : 'the event is suppressed';
      log.warn('delivery ended', { project, subscriptionId, eventId, reason });
      return;
    }
    const after = (await attemptLog.last(project, eventId, subscriptionId))?.number ?? 0;
    const replay = { id, requestedAt, after };
    await attemptDelivery({ project, subscriptionId, number: after + 1, trigger: 'replay', event, replay });
  };
}

import type { ReplayedDelivery } from '../model/delivery-message.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { AttemptParked } from './attempt-parked.ts';

export interface AttemptReplayedDependencies {
  readonly attemptParked: AttemptParked;
  readonly attemptLog: Pick<AttemptLog, 'last'>;
}

/** Attempts a delivery once more. Its attempts are counted on from those that were made before. */
export function attemptReplayed({ attemptParked, attemptLog }: AttemptReplayedDependencies) {
  return async ({ id, requestedAt, ...delivery }: ReplayedDelivery): Promise<void> => {
    const { project, eventId, subscriptionId } = delivery;
    const after = (await attemptLog.last(project, eventId, subscriptionId))?.number ?? 0;
    await attemptParked({ ...delivery, number: after + 1, replay: { id, requestedAt, after } });
  };
}

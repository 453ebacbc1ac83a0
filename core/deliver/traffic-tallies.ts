import type { Clock } from '../kernel/clock.ts';
import { addTraffic, NO_TRAFFIC, startOf, type Traffic, trafficOf } from '../model/traffic.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { Log } from '../ports/logger.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';

export interface TrackTrafficDependencies {
  readonly trafficStore: Pick<TrafficStore, 'add'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TrafficTracker {
  add(attempt: Pick<RecordedAttempt, 'project' | 'outcome' | 'nextAttemptAt' | 'durationMs'>): void;
  /** One write for each project of the batch. */
  flush(): Promise<void>;
}

/** Counts a batch's attempts for the overviews. What cannot be written is missing there, and nowhere else. */
export function trackTraffic({ trafficStore, clock, log }: TrackTrafficDependencies): TrafficTracker {
  const tallies = new Map<string, Traffic>();
  return {
    add(attempt) {
      const tally = tallies.get(attempt.project) ?? NO_TRAFFIC;
      tallies.set(attempt.project, addTraffic(tally, trafficOf(attempt)));
    },
    async flush() {
      const at = startOf(clock());
      const batch = [...tallies];
      tallies.clear();
      await Promise.all(
        batch.map(async ([project, traffic]) => {
          try {
            await trafficStore.add(project, { at, ...traffic });
          } catch (error) {
            log.warn('traffic not counted', { project, error });
          }
        }),
      );
    },
  };
}

import { addTraffic, NO_TRAFFIC, startOf, type Traffic, trafficOf } from '../model/traffic.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { AttemptPorts } from './ports.ts';

type TrafficTallyPorts = Pick<AttemptPorts, 'trafficStore' | 'clock' | 'log'>;

/** Counts the attempts of an invocation by project, for the statistics. A count that cannot be written is missing only there. */
export class TrafficTally {
  readonly #ports: TrafficTallyPorts;
  readonly #tallies = new Map<string, Traffic>();

  constructor(ports: TrafficTallyPorts) {
    this.#ports = ports;
  }

  add(attempt: Pick<RecordedAttempt, 'project' | 'outcome' | 'nextAttemptAt' | 'durationMs'>): void {
    const tally = this.#tallies.get(attempt.project) ?? NO_TRAFFIC;
    this.#tallies.set(attempt.project, addTraffic(tally, trafficOf(attempt)));
  }

  /** Write once for each project. */
  async flush(): Promise<void> {
    const { trafficStore, clock, log } = this.#ports;
    const at = startOf(clock());
    const tallies = [...this.#tallies];
    this.#tallies.clear();
    await Promise.all(
      tallies.map(async ([project, traffic]) => {
        try {
          await trafficStore.add(project, { at, ...traffic });
        } catch (error) {
          log.warn('traffic not counted', { project, error });
        }
      }),
    );
  }
}

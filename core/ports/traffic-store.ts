import type { Stretch } from '../model/traffic.ts';

/** Attempts of a project over time, counted. */
export interface TrafficStore {
  /** Adds to what is there of this stretch. */
  add(project: string, stretch: Stretch): Promise<void>;
  /** Stretches that begin from `since` to before `until` (milliseconds since the epoch); one may be in several parts. */
  read(project: string, since: number, until: number): Promise<readonly Stretch[]>;
}

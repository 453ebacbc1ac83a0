import type { Stretch } from '../model/traffic.ts';

/** Counts of a project's attempts over time. */
export interface TrafficStore {
  /** Add to the counts of a stretch. */
  add(project: string, stretch: Stretch): Promise<void>;
  /**
   * Return the stretches that begin from `since` until before `until`, in milliseconds since the epoch. A stretch may come in
   * several parts.
   */
  read(project: string, since: number, until: number): Promise<readonly Stretch[]>;
}

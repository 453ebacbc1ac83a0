import type { Claim, DueWork } from '../model/due-work.ts';

/** An entry of the due index. */
export interface DueEntry {
  readonly key: string;
  /** When the work is due, or when the lease of the last claim ended. */
  readonly dueAt: number;
}

/** The due index: parked deliveries, breakers and replay jobs by due time. */
export interface DueWorkStore {
  /** List the work of a shard that falls due until a time, the earliest first. */
  due(shard: number, until: number, limit: number): Promise<readonly DueEntry[]>;
  /** Claim due work until `lease`. Return its subscription, or null if another sweep claimed it or it is gone. */
  claim(due: DueEntry, lease: number): Promise<{ readonly subscriptionId: string } | null>;
  /**
   * Return the work of a claim, and the claim that holds it from now on. Return null if the work was completed or another
   * worker has it. A message that is received late is still valid if the sweeper has sent a second one meanwhile; the second
   * message is then void.
   */
  claimed(claim: Claim, lease: number): Promise<{ readonly claim: Claim; readonly work: DueWork } | null>;
  /** Remove a claim's work, unless the claim is void. */
  complete(claim: Claim): Promise<void>;
}

/** The number of partitions of the due index, all of which the sweeper reads. */
export const DUE_SHARDS = 8;

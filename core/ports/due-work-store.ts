import type { Claim, DueWork } from '../model/due-work.ts';

/** Where due work is: enough to claim it. */
export interface DueEntry {
  readonly key: string;
  /** What the index said: the time it was due, or when the last claim's lease ended. */
  readonly dueAt: number;
}

/** What the sweeper finds: parked deliveries, breakers and replay jobs, by the time they fall due. */
export interface DueWorkStore {
  /** What of a shard falls due until then, the earliest first. */
  due(shard: number, until: number, limit: number): Promise<readonly DueEntry[]>;
  /** Takes one for the time of the lease; null if someone else has, or it is gone. Answers whose it is. */
  claim(due: DueEntry, lease: number): Promise<{ readonly subscriptionId: string } | null>;
  /**
   * What a claim stands for, and the claim that holds it from now on. Null if it was completed, or another worker has
   * it. A message that waited so long that the sweeper has sent a second one counts: then the second is void.
   */
  claimed(claim: Claim, lease: number): Promise<{ readonly claim: Claim; readonly work: DueWork } | null>;
  /** Ends a claim's work, unless the claim was overtaken. */
  complete(claim: Claim): Promise<void>;
}

/** Number of partitions of the due index; the sweeper reads each. */
export const DUE_SHARDS = 8;

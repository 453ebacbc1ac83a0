import type { Claim, DueWork } from '../model/due-work.ts';
import type { Page, PageRequest } from './page.ts';

/** An entry of the due index. */
export interface DueEntry {
  readonly key: string;
  /** When the work is due, or when the lease of the last claim ended. */
  readonly dueAt: number;
  /** Whether it is a pump, which is called; other work is claimed. */
  readonly isPump: boolean;
}

interface Owner {
  readonly project: string;
  readonly subscriptionId: string;
}

/** The due index: pumps and replay jobs by due time. */
export interface DueWorkStore {
  /** List the work of a shard that falls due until a time, the earliest first. */
  due(shard: number, until: number, page: PageRequest): Promise<Page<DueEntry>>;
  /** Claim due work until `lease`. Return its project, or null if another sweep claimed it or it is gone. */
  claim(due: DueEntry, lease: number): Promise<Pick<Owner, 'project'> | null>;
  /**
   * Note that a pump is called. Return null if it runs, was called a short time ago, or is due at another time. Its mailbox can
   * be taken at `dueAt`, which is now if it has died.
   */
  callPump(due: DueEntry, now: number): Promise<(Owner & Pick<DueEntry, 'dueAt'>) | null>;
  /**
   * Return the work of a claim, and the claim that holds it from now on. Return null if the work was completed or another
   * worker has it. A message that is received late is still valid if the sweeper has sent a second one meanwhile; the second
   * message is then void.
   */
  claimed(claim: Claim, lease: number): Promise<{ readonly claim: Claim; readonly work: DueWork } | null>;
  /** Remove a claim's work, unless the claim is void. */
  complete(claim: Claim): Promise<void>;
}

/** The number of partitions of the due index, all of which the sweeper reads: one half for pumps, one for other work. */
export const DUE_SHARDS = 16;

/** The shortest time after which a pump is called again if it did not come, in milliseconds. */
export const CALLED_AGAIN_MS = 5 * 60_000;

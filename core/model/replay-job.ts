/** A replay of a subscription's deliveries for the events that were accepted from `since` until `until`. */
export interface ReplayJob {
  readonly id: string;
  readonly project: string;
  readonly subscriptionId: string;
  /** ISO 8601 UTC, both. */
  readonly since: string;
  readonly until: string;
  readonly only: 'failed' | 'all' | 'missing';
  readonly state: 'running' | 'done' | 'cancelled';
  /** The deliveries that were put into the mailbox. */
  readonly done: number;
  /** Where the pump continues in the list of events. */
  readonly cursor: string | null;
  /** When the last event before the cursor was accepted, ISO 8601 UTC; null at the beginning. */
  readonly reachedAt: string | null;
  /**
   * When the first delivery after the cursor is due, in milliseconds since the epoch. It is saved with the cursor, so that
   * whatever is put twice has the same key.
   */
  readonly nextDueAt: number;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** ISO 8601 UTC; absent while it runs, and if a version before 0.2 has ended it. */
  readonly endedAt?: string;
  /** When the job expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

export const isRunning = ({ state }: ReplayJob): boolean => state === 'running';

/** How many deliveries a job makes in all, and when it ends, ISO 8601 UTC; null once it has ended, or while it is unknown. */
export interface ReplayEstimate {
  readonly total: number;
  readonly endsAt: string | null;
}

/** Estimate a job's end by how much of its time range it has gone through. */
export function estimateOf(job: ReplayJob, now: number): ReplayEstimate {
  const { done, since, until, requestedAt, reachedAt } = job;
  if (!isRunning(job) || reachedAt === null) return { total: done, endsAt: null };
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const share = to > from ? Math.min(1, (Date.parse(reachedAt) - from) / (to - from)) : 1;
  if (share <= 0) return { total: done, endsAt: null };
  const startedAt = Date.parse(requestedAt);
  const endsAt = startedAt + (now - startedAt) / share;
  return {
    total: Math.round(done / share),
    endsAt: endsAt <= LAST_TIME ? new Date(endsAt).toISOString() : null,
  };
}

/** The last time that a Date can have: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_TIME = 8.64e15;

/** A replay of a subscription's deliveries for the events that were accepted from `since` until `until`. */
export interface ReplayJob {
  readonly id: string;
  readonly project: string;
  readonly subscriptionId: string;
  /** ISO 8601 UTC, both. */
  readonly since: string;
  readonly until: string;
  readonly only: 'failed' | 'all' | 'missing';
  /** A job first counts the deliveries, then, while `running`, sends them to the retries queue. */
  readonly state: 'counting' | 'running' | 'done' | 'cancelled';
  readonly done: number;
  /** The deliveries counted so far. */
  readonly total: number;
  /** Where the next step continues in the list of events. */
  readonly cursor: string | null;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** When the job expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

export const isRunning = ({ state }: ReplayJob): boolean => state === 'counting' || state === 'running';

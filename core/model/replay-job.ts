/** Deliveries of events that were accepted from `since` until `until`, made again as one piece of work. */
export interface ReplayJob {
  readonly id: string;
  readonly project: string;
  readonly subscriptionId: string;
  /** ISO 8601 UTC, both. */
  readonly since: string;
  readonly until: string;
  readonly only: 'failed' | 'all' | 'missing';
  /** `counting` says how many there are, `running` hands them to the retries queue. */
  readonly state: 'counting' | 'running' | 'done' | 'cancelled';
  readonly done: number;
  /** As far as they are counted. */
  readonly total: number;
  /** Where the walk through the events goes on. */
  readonly cursor: string | null;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** When the job may be forgotten, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

export const isRunning = ({ state }: ReplayJob): boolean => state === 'counting' || state === 'running';

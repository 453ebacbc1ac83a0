import type { Claim } from '../model/due-work.ts';
import type { ReplayJob } from '../model/replay-job.ts';
import type { Page, PageRequest } from './page.ts';

/** Stores replay jobs. One of a subscription's jobs runs at most. */
export interface ReplayJobStore {
  /**
   * Store a job, and claim it until its pump is awake.
   *
   * @param limit how many jobs of the project may run at once
   * @throws ConflictError if the subscription has a running job
   * @throws LimitReachedError
   */
  create(job: ReplayJob, lease: number, limit?: number): Promise<Claim>;
  /** End a claim: the pump does the rest. */
  handOver(claim: Claim): Promise<void>;
  get(subscriptionId: string, id: string): Promise<ReplayJob | null>;
  /** Return the job of a subscription that runs, or null. */
  running(subscriptionId: string): Promise<ReplayJob | null>;
  /** List a subscription's jobs, the newest first. */
  list(subscriptionId: string, page: PageRequest): Promise<Page<ReplayJob>>;
  /** Replace a job that runs, unless someone else has done so since it was read. Return whether it was replaced. */
  replace(job: ReplayJob, next: ReplayJob): Promise<boolean>;
}

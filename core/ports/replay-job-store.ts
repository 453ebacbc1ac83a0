import type { Claim } from '../model/due-work.ts';
import type { ReplayJob } from '../model/replay-job.ts';

export interface ReplayJobStore {
  /** Store a job and claim its first step. @throws ConflictError if the subscription has a running job */
  create(job: ReplayJob, lease: number): Promise<Claim>;
  get(subscriptionId: string, id: string): Promise<ReplayJob | null>;
  /** Save a job and claim its next step, or end it if it no longer runs. Return the new claim, or null if the claim was void. */
  save(claim: Claim, job: ReplayJob, lease: number): Promise<Claim | null>;
}

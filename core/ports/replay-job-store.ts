import type { Claim } from '../model/due-work.ts';
import type { ReplayJob } from '../model/replay-job.ts';

export interface ReplayJobStore {
  /** Stores a job that is claimed until then. @throws ConflictError if one of the same subscription is running */
  create(job: ReplayJob, lease: number): Promise<Claim>;
  get(subscriptionId: string, id: string): Promise<ReplayJob | null>;
  /** Saves how far it is and claims the next step; a job that runs no longer is due no more. Null if overtaken. */
  save(claim: Claim, job: ReplayJob, lease: number): Promise<Claim | null>;
}

import type { ErasureJob } from './erasure-job.ts';
import type { ReplayJob } from './replay-job.ts';

/** A job of a project, of either kind. */
export type Job =
  | { readonly kind: 'replay'; readonly job: ReplayJob }
  | { readonly kind: 'erasure'; readonly job: ErasureJob };

export type JobKind = Job['kind'];
export type JobState = Job['job']['state'];

/** Return a job as it is once it has ended. @param now in milliseconds since the epoch */
export const endedJob = <Some extends Job['job']>(
  job: Some,
  state: Exclude<Some['state'], 'running'>,
  now: number,
): Some => ({ ...job, state, endedAt: new Date(now).toISOString() });

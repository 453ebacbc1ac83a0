import { extendedText, type JsonText } from '../kernel/json-text.ts';
import type { ErasureJob } from '../model/erasure-job.ts';
import { estimateOf, type ReplayJob } from '../model/replay-job.ts';
import type { NamedJob } from './project-jobs.ts';

/** Return a replay as callers see it. @param now in milliseconds since the epoch */
export function replayView(job: ReplayJob, now: number) {
  const { id, state, done, since, until, only, requestedAt, endedAt = null } = job;
  return { id, state, done, ...estimateOf(job, now), since, until, only, requestedAt, endedAt };
}

/** Return the JSON text of an erasure, with the actor exactly as it was given. */
export const erasureView = (job: ErasureJob, others: object = {}): JsonText => {
  const { id, state, actor, examined, erased, reachedAt, requestedAt, endedAt = null } = job;
  return extendedText(
    { ...others, id, state, examined, erased, reachedAt, requestedAt, endedAt },
    { actor: actor ?? ('null' as JsonText) },
  );
};

/** Return a job of a project's list as callers see it. */
export function jobView({ kind, job, subscriptionName }: NamedJob, now: number): object | JsonText {
  if (kind === 'erasure') return erasureView(job, { kind });
  const { subscriptionId } = job;
  return { kind, subscriptionId, subscriptionName, ...replayView(job, now) };
}

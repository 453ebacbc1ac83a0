import type { Claim } from '../model/due-work.ts';
import type { ErasureJob } from '../model/erasure-job.ts';
import type { Event } from '../model/event.ts';
import type { Page, PageRequest } from './page.ts';

/** Erasures that are under way, and when a project's last one was. */
export interface ErasureStore {
  /** Have an event's erasure repeated at a time, in milliseconds since the epoch. A later call replaces an earlier one. */
  repeatAt(event: Pick<Event, 'project' | 'id' | 'expiresAt'>, dueAt: number): Promise<void>;
  /** Note that something of a project is about to be erased. @param at ISO 8601 UTC */
  note(project: string, at: string): Promise<void>;
  /**
   * Return when something of a project was last erased, ISO 8601 UTC; an empty text, which sorts before every time, if nothing was
   * for two months.
   */
  latest(project: string): Promise<string>;
  /** Store a job, and claim it. One of a project's jobs runs at most. @throws ConflictError if another one runs */
  create(job: ErasureJob, lease: number): Promise<Claim>;
  get(project: string, id: string): Promise<ErasureJob | null>;
  /** List a project's jobs, the newest first. */
  list(project: string, page: PageRequest): Promise<Page<ErasureJob>>;
  /**
   * Replace a job by the next one, and renew its claim, which ends with the job. Return the claim from now on, or null if the claim
   * is void.
   */
  replace(claim: Claim, job: ErasureJob, next: ErasureJob, lease: number): Promise<Claim | null>;
}

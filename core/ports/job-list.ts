import type { Job, JobKind, JobState } from '../model/job.ts';
import type { Page, PageRequest } from './page.ts';

export interface JobFilter {
  readonly kinds: readonly JobKind[];
  readonly state?: JobState | undefined;
  /** The jobs that were requested at this time or later, ISO 8601 UTC. */
  readonly since: string;
}

/** The replays of all subscriptions of a project, and its erasures. */
export interface JobList {
  /** List a project's jobs as they are now, the newest first. */
  list(project: string, page: PageRequest, filter: JobFilter): Promise<Page<Job>>;
}

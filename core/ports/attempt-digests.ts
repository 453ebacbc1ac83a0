import type { Attempt } from '../model/attempt.ts';
import type { EventAttemptFilter } from './attempt-log.ts';
import type { Page, PageRequest } from './page.ts';

export interface ProjectAttemptFilter extends EventAttemptFilter {
  /** The type of the attempts' events. */
  readonly type?: string | undefined;
}

/** References to the attempts of a project, by which its attempts are listed. */
export interface AttemptDigests {
  /** List a project's attempts, the newest first. */
  list(project: string, page: PageRequest, filter?: ProjectAttemptFilter): Promise<Page<Attempt>>;
}

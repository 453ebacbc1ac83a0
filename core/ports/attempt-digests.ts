import type { Attempt } from '../model/attempt.ts';
import type { AttemptReference } from '../model/attempt-reference.ts';
import type { ProjectAttemptFilter } from './attempt-log.ts';
import type { Page, PageRequest } from './page.ts';

/** Digests of references to the attempts of a project, by which its attempts are listed. */
export interface AttemptDigests {
  /** Write references to the attempts that an invocation has recorded, of any projects. */
  write(references: readonly AttemptReference[]): Promise<void>;
  /**
   * List a project's attempts, the newest first; those of an event batch that were recorded together and made within two seconds
   * follow each other. An attempt whose reference was not written is missing.
   */
  list(project: string, page: PageRequest, filter?: ProjectAttemptFilter): Promise<Page<Attempt>>;
}

import type { Catalogue } from '../model/event-type.ts';
import type { Project } from '../model/project.ts';
import type { Page, PageRequest } from './page.ts';

export interface ProjectStore {
  /** Stores the project with its first event types. @throws ConflictError if the id is taken */
  create(project: Project, catalogue: Catalogue): Promise<void>;
  get(id: string): Promise<Project | null>;
  list(page: PageRequest): Promise<Page<Project>>;
  /** Replaces `previous`. @throws ConflictError if it has changed since it was read, or is gone */
  update(previous: Project, next: Project): Promise<void>;
  /**
   * From then on there is no such project, nor may there be another of its id before `reservedUntil` (milliseconds
   * since the epoch). Also when it is gone already.
   */
  delete(project: Project, reservedUntil: number): Promise<void>;
}

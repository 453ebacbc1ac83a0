import type { Catalogue } from '../model/event-type.ts';
import type { Project } from '../model/project.ts';
import type { Page, PageRequest } from './page.ts';

export interface ProjectStore {
  /** Store a project with its first event types. @throws ConflictError if the id is taken */
  create(project: Project, catalogue: Catalogue): Promise<void>;
  get(id: string): Promise<Project | null>;
  list(page: PageRequest): Promise<Page<Project>>;
  /** Replace a project. @throws ConflictError if it has changed since it was read, or is gone */
  update(previous: Project, next: Project): Promise<void>;
  /**
   * Delete a project and reserve its id until `reservedUntil`, in milliseconds since the epoch.
   *
   * @throws ConflictError if it has changed since it was read, or is gone
   */
  delete(project: Project, reservedUntil: number): Promise<void>;
  /** Forget how many subscriptions, keys and event types a deleted project had. */
  forgetCounts(id: string): Promise<void>;
}

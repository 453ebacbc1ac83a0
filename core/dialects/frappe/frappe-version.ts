import { type FrappeVersion, NEWEST_FRAPPE } from '../../model/project.ts';
import type { ProjectStore } from '../../ports/project-store.ts';

/** Return the version of Frappe that a project's webhooks behave like. */
export async function frappeVersionOf(
  { projects }: { readonly projects: Pick<ProjectStore, 'get'> },
  project: string,
): Promise<FrappeVersion> {
  return (await projects.get(project))?.frappeVersion ?? NEWEST_FRAPPE;
}

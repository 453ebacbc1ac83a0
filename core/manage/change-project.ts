import type { ProjectPatch } from '../api-schemas/project.ts';
import { found } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import type { Project } from '../model/project.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { refuseShorterRetention } from './retention.ts';

export interface ChangeProjectPorts {
  readonly projects: Pick<ProjectStore, 'get' | 'update'>;
  readonly subscriptions: Pick<SubscriptionStore, 'list'>;
}

/**
 * Merge a patch into a project, at the top level. New `retentionDays` apply to events that are published from then on.
 *
 * @throws ConflictError after 30 lost races
 */
export const changeProject = (ports: ChangeProjectPorts, id: string, patch: ProjectPatch): Promise<Project> =>
  retryConflicts(() => tryChange(ports, id, patch));

async function tryChange(
  { projects, subscriptions }: ChangeProjectPorts,
  id: string,
  patch: ProjectPatch,
): Promise<Project> {
  const previous = found(await projects.get(id), 'project', id);
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const { siteUrl, ...changed } = { ...previous, ...Object.fromEntries(given) };
  const longestRetentionDays = Math.max(previous.longestRetentionDays, changed.retentionDays);
  const next: Project = { ...changed, ...(siteUrl && { siteUrl }), longestRetentionDays };
  if (next.retentionDays < previous.retentionDays)
    await refuseShorterRetention(subscriptions, id, next.retentionDays);
  await projects.update(previous, next);
  return next;
}

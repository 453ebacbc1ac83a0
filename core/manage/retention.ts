import { found, ValidationError } from '../kernel/errors.ts';
import { outlasts } from '../model/retry-schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import { allItems } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

// A project must keep its events for as long as its subscriptions retry, because the last attempt still reads its event.

/** @throws ValidationError if a retry schedule is longer than the project keeps its events */
export async function refuseLongerSchedule(
  projects: Pick<ProjectStore, 'get'>,
  projectId: string,
  retry: Subscription['retry'],
): Promise<void> {
  const project = found(await projects.get(projectId), 'project', projectId);
  if (!outlasts(retry, project.retentionDays)) return;
  const message = `is longer than the ${project.retentionDays} days for which the project keeps its events`;
  throw ValidationError.of([{ path: 'retry', message }]);
}

/** @throws ValidationError if a subscription of the project has a retry schedule that is longer */
export async function refuseShorterRetention(
  subscriptions: Pick<SubscriptionStore, 'list'>,
  project: string,
  retentionDays: number,
): Promise<void> {
  for await (const { id, retry } of allItems(100, (page) => subscriptions.list(project, page))) {
    if (!outlasts(retry, retentionDays)) continue;
    const message = `is shorter than the retry schedule of the subscription "${id}"`;
    throw ValidationError.of([{ path: 'retentionDays', message }]);
  }
}

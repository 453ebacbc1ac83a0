import { found } from '../kernel/errors.ts';
import type { Job, JobKind, JobState } from '../model/job.ts';
import type { Subscription } from '../model/subscription.ts';
import type { JobList } from '../ports/job-list.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ProjectJobsPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'getAll'>;
  readonly jobList: JobList;
}

export interface ProjectJobsFilter {
  readonly kind?: JobKind | undefined;
  readonly state?: JobState | undefined;
}

/** A job, and the name of the subscription that it is about; null if it has none, or is gone. */
export type NamedJob = Job & { readonly subscriptionName: string | null };

/**
 * List a project's jobs, the newest first.
 *
 * @param mayManage whether erasures are among them: they say whose data is erased
 */
export async function projectJobs(
  { projects, subscriptions, jobList }: ProjectJobsPorts,
  project: string,
  page: PageRequest,
  { kind, state }: ProjectJobsFilter,
  mayManage: boolean,
): Promise<Page<NamedJob>> {
  const visible: readonly JobKind[] = mayManage ? ['replay', 'erasure'] : ['replay'];
  const kinds = visible.filter((each) => each === (kind ?? each));
  if (kinds.length === 0) return { items: [], cursor: null };
  // Jobs of a deleted project of the same name may not have expired yet.
  const { createdAt } = found(await projects.get(project), 'project', project);
  const { items, cursor } = await jobList.list(project, page, { kinds, state, since: createdAt });
  const names = await namesOf(subscriptions, project, items);
  return {
    items: items.map((each) => ({
      ...each,
      subscriptionName: (each.kind === 'replay' && names.get(each.job.subscriptionId)) || null,
    })),
    cursor,
  };
}

async function namesOf(
  subscriptions: ProjectJobsPorts['subscriptions'],
  project: string,
  jobs: readonly Job[],
): Promise<ReadonlyMap<string, Subscription['name']>> {
  const ids = new Set(jobs.flatMap(({ kind, job }) => (kind === 'replay' ? [job.subscriptionId] : [])));
  const all = await subscriptions.getAll(project, [...ids]);
  return new Map([...all.values()].map(({ id, name }) => [id, name]));
}

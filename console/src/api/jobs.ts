import { parseExactly } from '../format/json.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { Job } from './types.ts';
import { type Page, usePages } from './use-pages.ts';

export const JOB_KINDS = ['replay', 'erasure'] as const;
export const JOB_STATES = ['running', 'done', 'cancelled'] as const;

export interface JobFilter {
  readonly kind?: Job['kind'];
  readonly state?: Job['state'];
}

const REFRESH_MS = 5_000;

/** Load the jobs of the project, newest first. */
export function useJobs(filter: JobFilter) {
  const { reader, project } = useSession();
  return usePages<Job>({
    key: [project, 'jobs', filter],
    refresh: REFRESH_MS,
    exact: true,
    async load(cursor, signal) {
      const text = await unwrap(
        reader(signal).GET('/v1/projects/{project}/jobs', {
          params: { path: { project }, query: { ...filter, ...(cursor && { cursor }) } },
          parseAs: 'text',
        }),
      );
      return withExactActors(JSON.parse(text), parseExactly(text) as Page<Job>);
    },
  });
}

/** An erasure's actor may have numbers, such as ids, which are shown as they were given. */
const withExactActors = ({ data, cursor }: Page<Job>, exact: Page<Job>): Page<Job> => ({
  data: data.map((job, index) => {
    const same = exact.data[index];
    return job.kind === 'erasure' && same?.kind === 'erasure' ? { ...job, actor: same.actor } : job;
  }),
  cursor,
});

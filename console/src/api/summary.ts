import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { Situation } from './health.ts';
import type { ProjectSummary } from './types.ts';

const REFRESH_MS = 10_000;

export type FailingEndpoint = ProjectSummary['failing']['data'][number];

/** Load how a project is doing: one request, however many subscriptions it has. */
export function useSummary() {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'summary'],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) =>
      unwrap(reader(signal).GET('/v1/projects/{project}/summary', { params: { path: { project } } })),
  });
}

/** Return the situation of an endpoint that fails, in the word of its subscription's page. */
export const situationOfFailing = ({ reason }: Pick<FailingEndpoint, 'reason'>): Situation =>
  reason === 'errors' ? 'erring' : reason;

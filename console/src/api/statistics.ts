import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';

const REFRESH_MS = 15_000;
const LEEWAY_MS = 60_000;

/** Load the statistics of a subscription's latest attempts. */
export function useSubscriptionStats(id: string, { enabled = true } = {}) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'subscriptions', id, 'stats'],
    enabled,
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions/{id}/stats', {
          params: { path: { project, id } },
        }),
      ),
  });
}

/** Load a project's traffic of the latest hours. */
export function useTraffic(hours: number) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'traffic', hours],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => {
      // The API has five-minute steps for at most a day, so the period must not exceed it when the request arrives.
      const since = new Date(Date.now() - hours * 3_600_000 + LEEWAY_MS).toISOString();
      return unwrap(
        reader(signal).GET('/v1/projects/{project}/traffic', {
          params: { path: { project }, query: { since } },
        }),
      );
    },
  });
}

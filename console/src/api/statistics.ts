import { useQueries, useQuery } from '@tanstack/react-query';
import { type Session, useSession } from '../session/session.tsx';
import { answerOf } from './api-error.ts';
import type { AttemptStats } from './types.ts';

const REFRESH_MS = 15_000;
const LEEWAY_MS = 60_000;

function statsQuery({ client, project }: Session, id: string) {
  return {
    queryKey: [project, 'subscriptions', id, 'stats'],
    refetchInterval: REFRESH_MS,
    queryFn: () =>
      answerOf(
        client.GET('/v1/projects/{project}/subscriptions/{id}/stats', { params: { path: { project, id } } }),
      ),
  };
}

/** How a subscription's latest attempts went. */
export function useSubscriptionStats(id: string) {
  return useQuery(statsQuery(useSession(), id));
}

/** The same of several, in their order; undefined until they have come. */
export function useStatsOf(ids: readonly string[]): readonly (AttemptStats | undefined)[] {
  const session = useSession();
  return useQueries({ queries: ids.map((id) => statsQuery(session, id)) }).map(({ data }) => data);
}

/** A project's attempts over the latest hours. */
export function useTraffic(hours: number) {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'traffic', hours],
    refetchInterval: REFRESH_MS,
    queryFn: () => {
      // Not a moment more than these hours when it arrives: a day is told by five minutes, what is longer by hours.
      const since = new Date(Date.now() - hours * 3_600_000 + LEEWAY_MS).toISOString();
      return answerOf(
        client.GET('/v1/projects/{project}/traffic', { params: { path: { project }, query: { since } } }),
      );
    },
  });
}

import { useQueries } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { PendingDelivery } from './types.ts';
import { usePages } from './use-pages.ts';

const REFRESH_MS = 5_000;
const SLOW_REFRESH_MS = 15_000;

/** Load the queued deliveries of a subscription. */
export function useQueuedDeliveries(id: string) {
  const { client, project } = useSession();
  return usePages<PendingDelivery>({
    key: [project, 'subscriptions', id, 'deliveries'],
    refresh: REFRESH_MS,
    load: (cursor) =>
      unwrap(
        client.GET('/v1/projects/{project}/subscriptions/{id}/deliveries', {
          params: { path: { project, id }, query: { limit: 100, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

/** Load when the first queued delivery of each subscription is due, in the same order; undefined while loading. */
export function useFirstDue(ids: readonly string[]): readonly (string | null | undefined)[] {
  const { client, project } = useSession();
  const queries = ids.map((id) => ({
    queryKey: [project, 'subscriptions', id, 'first-due'],
    refetchInterval: SLOW_REFRESH_MS,
    queryFn: async (): Promise<string | null> => {
      const { data } = await unwrap(
        client.GET('/v1/projects/{project}/subscriptions/{id}/deliveries', {
          params: { path: { project, id }, query: { limit: 1 } },
        }),
      );
      return data[0]?.dueAt ?? null;
    },
  }));
  return useQueries({ queries }).map(({ data }) => data);
}

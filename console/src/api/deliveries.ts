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

export interface QueueSummary {
  readonly count: number;
  /** There are more than `count`. */
  readonly isMore: boolean;
  /** Null if all deliveries are held. */
  readonly nextDueAt: string | null;
}

/** Summarize the queued deliveries of several subscriptions, in the same order; undefined while loading. */
export function useQueueSummaries(ids: readonly string[]): readonly (QueueSummary | undefined)[] {
  const { client, project } = useSession();
  const queries = ids.map((id) => ({
    queryKey: [project, 'subscriptions', id, 'queue-summary'],
    refetchInterval: SLOW_REFRESH_MS,
    queryFn: async (): Promise<QueueSummary> => {
      const { data, cursor } = await unwrap(
        client.GET('/v1/projects/{project}/subscriptions/{id}/deliveries', {
          params: { path: { project, id }, query: { limit: 100 } },
        }),
      );
      const due = data.flatMap(({ dueAt }) => dueAt ?? []).toSorted();
      return { count: data.length, isMore: cursor !== null, nextDueAt: due[0] ?? null };
    },
  }));
  return useQueries({ queries }).map(({ data }) => data);
}

import { useQueries } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { answerOf } from './api-error.ts';
import type { PendingDelivery } from './types.ts';
import { usePages } from './use-pages.ts';

const REFRESH_MS = 5_000;
const SLOW_REFRESH_MS = 15_000;

/** What waits for a subscription. */
export function useWaiting(id: string) {
  const { client, project } = useSession();
  return usePages<PendingDelivery>({
    key: [project, 'subscriptions', id, 'deliveries'],
    refresh: REFRESH_MS,
    load: (cursor) =>
      answerOf(
        client.GET('/v1/projects/{project}/subscriptions/{id}/deliveries', {
          params: { path: { project, id }, query: { limit: 100, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

export interface Waits {
  readonly count: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
  /** Null where all of it is held. */
  readonly nextDueAt: string | null;
}

/** What waits for each of several subscriptions, in their order; undefined until it has come. */
export function useWaitingOf(ids: readonly string[]): readonly (Waits | undefined)[] {
  const { client, project } = useSession();
  const queries = ids.map((id) => ({
    queryKey: [project, 'subscriptions', id, 'waits'],
    refetchInterval: SLOW_REFRESH_MS,
    queryFn: async (): Promise<Waits> => {
      const { data, cursor } = await answerOf(
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

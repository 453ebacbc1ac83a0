import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Attempt } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';

export type Outcome = 'success' | 'failure';

const PAGE = 100;
const LIVE_MS = 2_500;

interface AttemptsOptions {
  readonly subscriptionId: string;
  readonly outcome: Outcome | undefined;
  /** ISO 8601. */
  readonly since: string | null;
  readonly until: string | null;
  /** Poll for new attempts. */
  readonly live: boolean;
}

/**
 * Load the request log of a subscription, newest first. Only the first page is polled: the pages below it, perhaps
 * thousands of attempts, do not change.
 */
export function useAttempts({ subscriptionId: id, outcome, since, until, live }: AttemptsOptions) {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const key = [project, 'subscriptions', id, 'attempts', outcome, since, until];
  const filter = { ...(outcome && { outcome }), ...(since && { since }), ...(until && { until }) };
  const load = (cursor?: string) =>
    unwrap(
      client.GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
        params: {
          path: { project, id },
          query: { limit: PAGE, ...filter, ...(cursor && { cursor }) },
        },
      }),
    );
  const pages = useInfiniteQuery({
    queryKey: key,
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load(pageParam),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  });
  const head = useQuery({
    queryKey: [...key, 'head'],
    enabled: live && pages.isSuccess,
    // The first page has just been loaded.
    initialData: pages.data?.pages[0],
    initialDataUpdatedAt: pages.dataUpdatedAt,
    staleTime: LIVE_MS,
    gcTime: 0,
    refetchInterval: LIVE_MS,
    queryFn: () => load(),
  });
  const loaded = useMemo(() => pages.data?.pages.flatMap(({ data }) => data) ?? [], [pages.data]);
  const items = useMemo(() => withHead(head.data?.data ?? [], loaded), [head.data, loaded]);
  const hasGap = items === undefined;
  useEffect(() => {
    // More attempts arrived at once than the first page holds, so some are missing in between: start over.
    if (hasGap) void queries.resetQueries({ queryKey: key });
  });
  return { ...pages, items: items ?? loaded };
}

/** Prepend the new attempts of the head to the loaded ones; undefined if there is a gap between them. */
function withHead(head: readonly Attempt[], loaded: readonly Attempt[]): readonly Attempt[] | undefined {
  const known = new Set(loaded.map(({ id }) => id));
  const fresh = head.filter(({ id }) => !known.has(id));
  if (fresh.length === PAGE && loaded.length > 0) return undefined;
  return fresh.length === 0 ? loaded : [...fresh, ...loaded];
}

/** Load an attempt with all that the log keeps of it. Until then, show what a list has of it, which is about 1 KB. */
export function useWholeAttempt({ id, eventId }: Pick<Attempt, 'id' | 'eventId'>, listed?: Attempt) {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', 'whole', id],
    staleTime: Number.POSITIVE_INFINITY,
    ...(listed !== undefined && { placeholderData: listed }),
    queryFn: () =>
      unwrap(
        client.GET('/v1/projects/{project}/events/{id}/attempts/{attempt}', {
          params: { path: { project, id: eventId, attempt: id } },
        }),
      ),
  });
}

/** Load the attempts to deliver an event, to one subscription or to all, oldest first. */
export function useAttemptsOfEvent(eventId: string, subscriptionId?: string) {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', subscriptionId],
    refetchInterval: LIVE_MS,
    queryFn: async () => {
      const { data } = await unwrap(
        client.GET('/v1/projects/{project}/events/{id}/attempts', {
          params: { path: { project, id: eventId }, query: { limit: PAGE } },
        }),
      );
      return data
        .filter((attempt) => subscriptionId === undefined || attempt.subscriptionId === subscriptionId)
        .toSorted((a, b) => a.at.localeCompare(b.at));
    },
  });
}

export type AttemptStatus = 'success' | 'retrying' | 'failure';

export function attemptStatus({ outcome, nextAttemptAt }: Attempt): AttemptStatus {
  if (outcome === 'success') return 'success';
  return nextAttemptAt === null ? 'failure' : 'retrying';
}

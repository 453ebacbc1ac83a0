import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Attempt } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { answerOf } from './api-error.ts';

export type Outcome = 'success' | 'failure';

const PAGE = 100;
const LIVE_MS = 2_500;

interface AttemptsOptions {
  readonly subscriptionId: string;
  readonly outcome: Outcome | undefined;
  /** Look for new ones again and again. */
  readonly live: boolean;
}

/**
 * The request log of a subscription, the newest first. Only its head is asked for anew: what was loaded below it does
 * not change, and may be thousands.
 */
export function useAttempts({ subscriptionId: id, outcome, live }: AttemptsOptions) {
  const { client, project } = useSession();
  const queries = useQueryClient();
  const key = [project, 'subscriptions', id, 'attempts', outcome];
  const load = (cursor?: string) =>
    answerOf(
      client.GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
        params: {
          path: { project, id },
          query: { limit: PAGE, ...(outcome && { outcome }), ...(cursor && { cursor }) },
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
    refetchInterval: LIVE_MS,
    queryFn: () => load(),
  });
  const loaded = useMemo(() => pages.data?.pages.flatMap(({ data }) => data) ?? [], [pages.data]);
  const items = useMemo(() => withHead(head.data?.data ?? [], loaded), [head.data, loaded]);
  const isApart = items === undefined;
  useEffect(() => {
    // More came at once than the head holds: what lies between is not known, so it starts anew.
    if (isApart) void queries.resetQueries({ queryKey: key });
  });
  return { ...pages, items: items ?? loaded };
}

/** The head's new ones before the loaded ones; undefined where the two do not meet. */
function withHead(head: readonly Attempt[], loaded: readonly Attempt[]): readonly Attempt[] | undefined {
  const known = new Set(loaded.map(({ id }) => id));
  const fresh = head.filter(({ id }) => !known.has(id));
  if (fresh.length === PAGE && loaded.length > 0) return undefined;
  return fresh.length === 0 ? loaded : [...fresh, ...loaded];
}

/** The latest failed attempt of a subscription; null where there is none. */
export function useLatestFailure(id: string) {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'subscriptions', id, 'latest-failure'],
    refetchInterval: 10_000,
    queryFn: async () => {
      const { data } = await answerOf(
        client.GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
          params: { path: { project, id }, query: { limit: 1, outcome: 'failure' } },
        }),
      );
      return data[0] ?? null;
    },
  });
}

/** All attempts to deliver an event, to one subscription or to all, in the order they were made. */
export function useAttemptsOfEvent(eventId: string, subscriptionId?: string) {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', subscriptionId],
    refetchInterval: LIVE_MS,
    queryFn: async () => {
      const { data } = await answerOf(
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

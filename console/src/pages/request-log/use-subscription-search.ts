import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Subscription } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useSession } from '../../session/session.tsx';

const DEBOUNCE_MS = 250;
/** Pages that a search loads by itself, of 100 subscriptions each. */
const PAGES_AT_ONCE = 5;
/** Matches that are enough to choose from. */
const ENOUGH = 20;

interface SubscriptionSearch {
  readonly found: readonly Subscription[];
  /** All subscriptions that were looked at. */
  readonly items: readonly Subscription[];
  readonly isFetching: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  /** Look further. */
  fetchNextPage(): void;
}

/**
 * Look for subscriptions by name, URL or id. The API cannot, so pages are loaded once the typing pauses, until there are
 * enough matches, and on request after some pages.
 */
export function useSubscriptionSearch(words: string, isWanted: boolean): SubscriptionSearch {
  const { client, project } = useSession();
  const { data, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [project, 'subscriptions', 'search'],
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET('/v1/projects/{project}/subscriptions', {
          params: { path: { project }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  });
  const pages = data?.pages.length ?? 0;
  const items = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const found = useMemo(() => items.filter((subscription) => isMatch(subscription, words)), [items, words]);

  const [upTo, setUpTo] = useState(1);
  const isSearching = isWanted && words !== '' && found.length < ENOUGH && pages < upTo;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words look at other pages.
  useEffect(() => {
    const timer = setTimeout(() => setUpTo(pages + PAGES_AT_ONCE), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => {
    if (isSearching && hasNextPage && !isFetching) void fetchNextPage();
  }, [isSearching, hasNextPage, isFetching, fetchNextPage]);
  return {
    found,
    items,
    isFetching,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage: () => setUpTo(pages + PAGES_AT_ONCE),
  };
}

const isMatch = (subscription: Subscription, words: string): boolean =>
  `${nameOf(subscription)} ${subscription.url} ${subscription.id}`
    .toLowerCase()
    .includes(words.toLowerCase());

import { type InfiniteData, type Query, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

export interface Page<T> {
  readonly data: readonly T[];
  readonly cursor: string | null;
}

interface PagesOptions<T> {
  readonly key: readonly unknown[];
  /** Interval between refetches in milliseconds. */
  readonly refresh?: number | false;
  /** The pages contain exact number literals, which structural sharing would lose. */
  readonly exact?: boolean;
  load(cursor: string | undefined): Promise<Page<T>>;
}

/**
 * A list is refreshed page by page, each with the cursor of the one before. One of thousands of items is not: it would take fifty
 * requests every time.
 */
const MOST_REFRESHED = 3;

type Pages<T> = InfiniteData<Page<T>, string | undefined>;

const isShort = <T>({ state }: Query<Page<T>, Error, Pages<T>>): boolean =>
  (state.data?.pages.length ?? 0) <= MOST_REFRESHED;

/** Load a paginated list of the API. Once it has been left, it has its first pages only. */
export function usePages<T>({ key, refresh = false, exact = false, load }: PagesOptions<T>) {
  const queries = useQueryClient();
  const name = JSON.stringify(key);
  useEffect(
    () => () => {
      queries.setQueryData<Pages<T>>(JSON.parse(name), firstPages);
    },
    [queries, name],
  );
  const query = useInfiniteQuery({
    queryKey: key,
    structuralSharing: !exact,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load(pageParam),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    refetchInterval: (query) => isShort(query) && refresh,
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
  });
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  return { ...query, items };
}

const firstPages = <T>(data: Pages<T> | undefined): Pages<T> | undefined =>
  data && {
    pages: data.pages.slice(0, MOST_REFRESHED),
    pageParams: data.pageParams.slice(0, MOST_REFRESHED),
  };

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';

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
  /** Wait before the list is loaded. */
  readonly enabled?: boolean;
  load(cursor: string | undefined, signal: AbortSignal): Promise<Page<T>>;
}

interface Loaded<T> {
  readonly pages: readonly Page<T>[];
  readonly pageParams: readonly unknown[];
}

/** A refresh loads each page again. Someone who has loaded more reads the list, and may reload it. */
const MOST_REFRESHED = 3;

/** Load a paginated list of the API. */
export function usePages<T>({ key, refresh = false, exact = false, enabled = true, load }: PagesOptions<T>) {
  const isRefreshed = ({ state: { data } }: { readonly state: { readonly data?: Loaded<T> | undefined } }) =>
    (data?.pages.length ?? 0) <= MOST_REFRESHED;
  const query = useInfiniteQuery({
    queryKey: key,
    enabled,
    structuralSharing: !exact,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    refetchInterval: (shown) => isRefreshed(shown) && refresh,
    refetchOnWindowFocus: isRefreshed,
    // As every query does, unless that takes many requests.
    refetchOnReconnect: (shown) => isRefreshed(shown) && 'always',
  });
  useFirstPageKept(key);
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  return { ...query, items };
}

/** Once nothing shows a list any more, only its first page is kept: whoever shows it next loads one page, not all of them. */
function useFirstPageKept(key: readonly unknown[]): void {
  const queries = useQueryClient();
  const shown = useRef(key);
  shown.current = key;
  const name = JSON.stringify(key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is a new array each time, its name is not.
  useEffect(() => {
    const queryKey = shown.current;
    // When the key changes, the query of the former list is still active until all effects have run.
    const keepFirst = () => {
      const query = queries.getQueryCache().find<Loaded<unknown>>({ queryKey, exact: true });
      if (query === undefined || query.isActive()) return;
      const { data } = query.state;
      if (data === undefined || data.pages.length <= 1) return;
      const first = { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) };
      queries.setQueryData(queryKey, first, { updatedAt: query.state.dataUpdatedAt });
    };
    return () => queueMicrotask(keepFirst);
  }, [queries, name]);
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

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
  load(cursor: string | undefined, signal: AbortSignal): Promise<Page<T>>;
}

/** A refresh loads every page again. Whoever has loaded more pages than this looks for something in them. */
const MOST_REFRESHED = 3;

/** Load a paginated list of the API. */
export function usePages<T>({ key, refresh = false, exact = false, load }: PagesOptions<T>) {
  const query = useInfiniteQuery({
    queryKey: key,
    structuralSharing: !exact,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > MOST_REFRESHED ? false : refresh),
  });
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  return { ...query, items };
}

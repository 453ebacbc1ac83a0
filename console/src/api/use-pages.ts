import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

export interface Page<T> {
  readonly data: readonly T[];
  readonly cursor: string | null;
}

interface PagesOptions<T> {
  readonly key: readonly unknown[];
  /** Milliseconds after which the list is asked for anew. */
  readonly refresh?: number | false;
  /** Numbers are kept as they were written: sharing parts with what was there before would lose that. */
  readonly exact?: boolean;
  load(cursor: string | undefined): Promise<Page<T>>;
}

/** A list of the API, page after page. */
export function usePages<T>({ key, refresh = false, exact = false, load }: PagesOptions<T>) {
  const query = useInfiniteQuery({
    queryKey: key,
    structuralSharing: !exact,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load(pageParam),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    refetchInterval: refresh,
  });
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  return { ...query, items };
}

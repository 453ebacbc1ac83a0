import { useEffect } from 'react';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** Loads page after page until there is no more, for lists that are searched here. */
export function useLoadAll({ hasNextPage, isFetchingNextPage, fetchNextPage }: Pages, wanted = true): void {
  useEffect(() => {
    if (wanted && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wanted, hasNextPage, isFetchingNextPage, fetchNextPage]);
}

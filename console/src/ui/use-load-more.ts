import { useCallback, useEffect } from 'react';

/** A paginated list. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** Return a function that loads the next page, unless there is none or it is already loading. */
export function useLoadMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: Pages): () => void {
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** Load the first pages of a list that the browser searches, up to so many items: the other requests of a page need their turn, too. */
export function useLoadFirst(pages: Pages & { readonly items: readonly unknown[] }, most: number): void {
  const hasNextPage = pages.hasNextPage && pages.items.length < most;
  const loadMore = useLoadMore({ ...pages, hasNextPage });
  useEffect(loadMore, [loadMore]);
}

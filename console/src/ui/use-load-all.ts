import { useEffect } from 'react';
import { type Pages, useLoadMore } from './use-load-more.ts';

/** Loads page after page until there is no more, for lists that are searched here. */
export function useLoadAll(pages: Pages, wanted = true): void {
  const loadMore = useLoadMore(pages);
  useEffect(() => {
    if (wanted) loadMore();
  }, [wanted, loadMore]);
}

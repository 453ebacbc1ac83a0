import { useEffect } from 'react';
import { type Pages, useLoadMore } from './use-load-more.ts';

/** Load all pages, for lists that the browser searches. */
export function useLoadAll(pages: Pages, enabled = true): void {
  const loadMore = useLoadMore(pages);
  useEffect(() => {
    if (enabled) loadMore();
  }, [enabled, loadMore]);
}

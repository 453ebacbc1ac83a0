import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Subscription } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { useLoadMore } from '../ui/use-load-more.ts';
import { usePaused } from '../ui/use-paused.ts';
import { unwrap } from './api-error.ts';
import { usePages } from './use-pages.ts';

export const STATES = ['healthy', 'failing', 'paused', 'disabled'] as const;
type SubscriptionState = (typeof STATES)[number];

export interface SubscriptionFilter {
  /** A part of the name or of the URL's host, or the id. */
  readonly name?: string;
  readonly event?: string;
  readonly state?: SubscriptionState;
}

const REFRESH_MS = 10_000;

export function useSubscriptions(filter: SubscriptionFilter = {}, { enabled = true } = {}) {
  const { reader, project } = useSession();
  return usePages<Subscription>({
    key: [project, 'subscriptions', 'list', filter],
    refresh: REFRESH_MS,
    enabled,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions', {
          params: { path: { project }, query: { ...filter, limit: 100, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

/**
 * Look for subscriptions whose name or host contains a text, once its typing pauses, until some are found. `isOver` says that the
 * list has all there are for this text.
 */
export function useSubscriptionSearch(text: string, enabled: boolean) {
  const wanted = text.trim();
  const name = usePaused(wanted);
  const search = useSubscriptions({ ...(name && { name }) }, { enabled });
  const loadMore = useLoadMore(search);
  const goesOn = enabled && search.isSuccess && search.items.length === 0;
  useEffect(() => {
    if (goesOn) loadMore();
  }, [goesOn, loadMore]);
  return { ...search, isOver: name === wanted && search.isSuccess && !search.hasNextPage };
}

export function useSubscription(id: string, refresh: number | false = REFRESH_MS) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'subscriptions', id],
    enabled: id !== '',
    refetchInterval: refresh,
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions/{id}', {
          params: { path: { project, id } },
        }),
      ),
  });
}

/** Return the name of a subscription, or its URL without the scheme. */
export function nameOf({ name, url }: { readonly name?: string | null; readonly url: string }): string {
  return name || url.replace(/^https?:\/\//, '');
}

import { useQuery } from '@tanstack/react-query';
import type { Subscription } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
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

/** Look for subscriptions whose name or host contains a text, once its typing pauses. */
export function useSubscriptionSearch(text: string, enabled: boolean) {
  const name = usePaused(text.trim());
  return useSubscriptions({ ...(name && { name }) }, { enabled });
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

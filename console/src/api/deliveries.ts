import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { DeliveryState, EventDelivery, PendingDelivery } from './types.ts';
import { usePages } from './use-pages.ts';

const REFRESH_MS = 5_000;

/** Load the queued deliveries of a subscription. */
export function useQueuedDeliveries(id: string) {
  const { reader, project } = useSession();
  return usePages<PendingDelivery>({
    key: [project, 'subscriptions', id, 'deliveries'],
    refresh: REFRESH_MS,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions/{id}/deliveries', {
          params: { path: { project, id }, query: { limit: 100, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

export const DELIVERY_STATES = ['delivered', 'pending', 'failed', 'cancelled', 'erased'] as const;

export interface EventDeliveryFilter {
  /** A part of the subscription's name or of its URL's host, or its id. */
  readonly name?: string;
  readonly state?: DeliveryState['state'];
}

/** Load the deliveries of an event, those to the oldest subscriptions first. */
export function useDeliveriesOfEvent(id: string, filter: EventDeliveryFilter) {
  const { reader, project } = useSession();
  return usePages<EventDelivery>({
    key: [project, 'events', id, 'deliveries', filter],
    refresh: REFRESH_MS,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events/{id}/deliveries', {
          params: { path: { project, id }, query: { ...filter, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

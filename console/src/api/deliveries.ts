import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { PendingDelivery } from './types.ts';
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

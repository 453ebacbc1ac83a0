import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { EventSummary } from './types.ts';
import { usePages } from './use-pages.ts';

export interface EventFilter {
  readonly type?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Load published events, newest first. */
export function useEvents(filter: EventFilter) {
  const { reader, project } = useSession();
  return usePages<EventSummary>({
    key: [project, 'events', 'list', filter],
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events', {
          params: { path: { project }, query: { ...filter, limit: 50, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

const REFRESH_MS = 3_000;

/** Load an event as text: parsing would change the number literals of its data. */
export function useEvent(id: string) {
  const { reader, project } = useSession();
  return useQuery<string>({
    queryKey: [project, 'events', id],
    // A published event does not change. Another query loads its deliveries.
    refetchInterval: ({ state }) => (state.data === undefined ? REFRESH_MS : false),
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events/{id}', {
          params: { path: { project, id } },
          parseAs: 'text',
        }),
      ),
  });
}

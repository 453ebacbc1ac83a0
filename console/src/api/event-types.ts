import { parseExactly } from '../format/json.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { EventType } from './types.ts';
import { type Page, usePages } from './use-pages.ts';

/** Load the catalogue of event types. */
export function useEventTypes(includeArchived = false) {
  const { reader, project } = useSession();
  return usePages({
    key: [project, 'event-types', 'list', includeArchived],
    exact: true,
    async load(cursor, signal) {
      const query = {
        limit: 100,
        ...(includeArchived && { includeArchived: 'true' as const }),
        ...(cursor && { cursor }),
      };
      const text = await unwrap(
        reader(signal).GET('/v1/projects/{project}/event-types', {
          params: { path: { project }, query },
          parseAs: 'text',
        }),
      );
      return parseExactly(text) as Page<EventType>;
    },
  });
}

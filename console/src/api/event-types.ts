import { useEffect } from 'react';
import { parseExactly } from '../format/json.ts';
import { useSession } from '../session/session.tsx';
import { useLoadMore } from '../ui/use-load-more.ts';
import { usePaused } from '../ui/use-paused.ts';
import { unwrap } from './api-error.ts';
import type { EventType } from './types.ts';
import { type Page, usePages } from './use-pages.ts';

/** Load the catalogue of event types. */
export function useEventTypes({ includeArchived = false, enabled = true } = {}) {
  const { reader, project } = useSession();
  return usePages({
    key: [project, 'event-types', 'list', includeArchived],
    exact: true,
    enabled,
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

/** Load the catalogue until it has a type that contains a text, once its typing pauses. */
export function useEventTypeSearch(text: string, enabled: boolean) {
  const wanted = usePaused(text.trim());
  const types = useEventTypes({ enabled });
  const loadMore = useLoadMore(types);
  const goesOn = enabled && types.isSuccess && !types.items.some(({ type }) => type.includes(wanted));
  useEffect(() => {
    if (goesOn) loadMore();
  }, [goesOn, loadMore]);
  return types;
}

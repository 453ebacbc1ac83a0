import { useSession } from '../session/session.tsx';
import { answerOf } from './api-error.ts';
import { usePages } from './use-pages.ts';

/** The catalogue. */
export function useEventTypes(includeArchived = false) {
  const { client, project } = useSession();
  return usePages({
    key: [project, 'event-types', 'list', includeArchived],
    load: (cursor) =>
      answerOf(
        client.GET('/v1/projects/{project}/event-types', {
          params: {
            path: { project },
            query: { limit: 100, ...(includeArchived && { includeArchived: 'true' as const }), ...(cursor && { cursor }) },
          },
        }),
      ),
  });
}

import { useQuery } from '@tanstack/react-query';
import type { Attempt } from '../../../client/index.ts';
import { unwrap } from '../api/api-error.ts';
import { useSession } from '../session/session.tsx';

/** The log ends a text that it cut to fit beside its attempt with this character. */
const ELLIPSIS = '…';

interface Body {
  readonly text: string;
  /** The rest of the body is not available. */
  readonly isTruncated: boolean;
}

/** Whether the event's data was erased, and the exchange with it. */
export const isErased = ({ request }: Attempt): boolean => request.truncated === 'erased';

/**
 * Return the body that was sent. The log keeps only the beginning of some, so a truncated body is rendered again from
 * the event. The result is used only if it starts with the logged text: otherwise the settings have changed.
 */
export function useFullBody(attempt: Attempt): Body {
  const { eventId, subscriptionId: id, trigger, request } = attempt;
  const { reader, project, can } = useSession();
  const isTruncated = request.truncated !== undefined || request.body.endsWith(ELLIPSIS);
  const { data } = useQuery({
    queryKey: [project, 'subscriptions', id, 'full-body', eventId],
    // Events of test requests are not stored, and previews need the `manage` scope.
    enabled: isTruncated && !isErased(attempt) && trigger !== 'test' && can('manage'),
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).POST('/v1/projects/{project}/subscriptions/{id}/preview', {
          params: { path: { project, id } },
          body: { eventId },
        }),
      ),
  });
  const rendered = data?.request?.body;
  if (isTruncated && rendered?.startsWith(request.body.replace(/…$/, '')))
    return { text: rendered, isTruncated: false };
  return { text: request.body, isTruncated };
}

import { useMutation } from '@tanstack/react-query';
import type { Attempt } from '../../../client/index.ts';
import { unwrap } from '../api/api-error.ts';
import { isErased, isRequestCut, loggedBody } from '../api/attempts.ts';
import { useSession } from '../session/session.tsx';

interface FullBody {
  readonly text: string;
  /** The rest of the body is not shown. */
  readonly isCut: boolean;
  /** Render the body again from the event; absent if that is not possible. */
  readonly load?: () => void;
  readonly isLoading: boolean;
  /** It was rendered again, and no longer begins with the logged text: the settings have changed since. */
  readonly isOther: boolean;
  readonly error: Error | null;
}

/** Return the body that was sent. The log keeps only the beginning of some; the rest is rendered on request. */
export function useFullBody(attempt: Attempt): FullBody {
  const { eventId, subscriptionId: id, trigger, request } = attempt;
  const { client, project, can } = useSession();
  const preview = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST('/v1/projects/{project}/subscriptions/{id}/preview', {
          params: { path: { project, id } },
          body: { eventId },
        }),
      ),
  });
  const rendered = preview.data && (preview.data.request?.body ?? '');
  const isFull = rendered?.startsWith(loggedBody(attempt)) === true;
  const isCut = isRequestCut(attempt) && !isFull;
  // Events of test requests are not stored, and previews need the `manage` scope.
  const canLoad =
    isCut && rendered === undefined && !isErased(attempt) && trigger !== 'test' && can('manage');
  return {
    text: isFull ? rendered : request.body,
    isCut,
    ...(canLoad && { load: () => preview.mutate() }),
    isLoading: preview.isPending,
    isOther: rendered !== undefined && !isFull,
    error: preview.error,
  };
}

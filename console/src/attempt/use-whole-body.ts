import { useQuery } from '@tanstack/react-query';
import type { Attempt } from '../../../client/index.ts';
import { answerOf } from '../api/api-error.ts';
import { useSession } from '../session/session.tsx';

/** What ends a text that the log has cut. */
const CUT = '…';

interface Body {
  readonly text: string;
  /** The rest of it is not to be had. */
  readonly isCut: boolean;
}

/**
 * The body that was sent. The log keeps about a kilobyte of an exchange; the rest is made anew of the event, and taken
 * where it begins as what the log has: the settings are then still those that it was made with.
 */
export function useWholeBody({ eventId, subscriptionId: id, trigger, request }: Attempt): Body {
  const { client, project, can } = useSession();
  const isCut = request.body.endsWith(CUT);
  const { data } = useQuery({
    queryKey: [project, 'subscriptions', id, 'whole-body', eventId],
    // The events of tests are kept nowhere, and a preview is for those who may manage.
    enabled: isCut && trigger !== 'test' && can('manage'),
    retry: false,
    queryFn: () =>
      answerOf(
        client.POST('/v1/projects/{project}/subscriptions/{id}/preview', {
          params: { path: { project, id } },
          body: { eventId },
        }),
      ),
  });
  const made = data?.request?.body;
  if (isCut && made?.startsWith(request.body.slice(0, -CUT.length))) return { text: made, isCut: false };
  return { text: request.body, isCut };
}

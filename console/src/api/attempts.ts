import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Attempt } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import { usePages } from './use-pages.ts';

const PAGE = 100;
const REFRESH_MS = 2_500;

/** The log ends a text that it cut to fit beside its attempt with this character. */
const ELLIPSIS = '…';

/** Whether the event's data was erased, and the exchange with it. */
export const isErased = ({ request }: Attempt): boolean => request.truncated === 'erased';

/** Whether the request has more than this attempt shows. Version 0.1 did not say what it left out. */
export const isRequestCut = ({ request }: Attempt): boolean =>
  request.truncated !== undefined || request.body.endsWith(ELLIPSIS);

/** The body that was sent, as far as the log keeps it. */
export const loggedBody = ({ request: { body } }: Attempt): string =>
  body.endsWith(ELLIPSIS) ? body.slice(0, -ELLIPSIS.length) : body;

/** Whether the log may keep more of an attempt than a list shows of it, which is about 1 KB. */
const isCut = (attempt: Attempt): boolean =>
  !isErased(attempt) && (isRequestCut(attempt) || attempt.response?.truncated !== undefined);

/** Load an attempt with all that the log keeps of it. What a list has is shown until then, and is enough unless it is cut. */
export function useWholeAttempt({ id, eventId }: Pick<Attempt, 'id' | 'eventId'>, listed?: Attempt) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', 'whole', id],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: listed === undefined || isCut(listed),
    ...(listed !== undefined && { placeholderData: listed }),
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events/{id}/attempts/{attempt}', {
          params: { path: { project, id: eventId, attempt: id } },
        }),
      ),
  });
}

/**
 * Load the attempts to deliver an event to a subscription, oldest first. One request looks at 2,500 attempts of the event, which
 * may have thousands of other subscriptions.
 */
export function useAttemptsOfDelivery(eventId: string, subscriptionId: string, { enabled = true } = {}) {
  const { reader, project } = useSession();
  const list = usePages<Attempt>({
    key: [project, 'events', eventId, 'attempts', 'of', subscriptionId],
    refresh: REFRESH_MS,
    enabled,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events/{id}/attempts', {
          params: {
            path: { project, id: eventId },
            query: { limit: PAGE, subscription: subscriptionId, ...(cursor && { cursor }) },
          },
        }),
      ),
  });
  const items = useMemo(() => list.items.toSorted((a, b) => a.at.localeCompare(b.at)), [list.items]);
  return { ...list, items };
}

export type AttemptStatus = 'success' | 'retrying' | 'failure';

export function attemptStatus({ outcome, nextAttemptAt }: Attempt): AttemptStatus {
  if (outcome === 'success') return 'success';
  return nextAttemptAt === null ? 'failure' : 'retrying';
}

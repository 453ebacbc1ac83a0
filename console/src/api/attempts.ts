import { useQuery } from '@tanstack/react-query';
import type { Attempt } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { Page } from './use-pages.ts';

const PAGE = 100;
const REFRESH_MS = 2_500;
/** Of 2,500 attempts each. */
const MOST_PAGES = 5;

/** Load an attempt with all that the log keeps of it. Until then, show what a list has of it, which is about 1 KB. */
export function useWholeAttempt({ id, eventId }: Pick<Attempt, 'id' | 'eventId'>, listed?: Attempt) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', 'whole', id],
    staleTime: Number.POSITIVE_INFINITY,
    ...(listed !== undefined && { placeholderData: listed }),
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/events/{id}/attempts/{attempt}', {
          params: { path: { project, id: eventId, attempt: id } },
        }),
      ),
  });
}

/** Load the attempts to deliver an event, to one subscription or to all, oldest first. */
export function useAttemptsOfEvent(eventId: string, subscriptionId?: string) {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'events', eventId, 'attempts', subscriptionId],
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => {
      const found: Attempt[] = [];
      // One request reads 2,500 attempts; an event with thousands of subscriptions has more.
      for (let cursor: string | null = '', pages = 0; cursor !== null && pages < MOST_PAGES; pages++) {
        const page: Page<Attempt> = await unwrap(
          reader(signal).GET('/v1/projects/{project}/events/{id}/attempts', {
            params: {
              path: { project, id: eventId },
              query: {
                limit: PAGE,
                ...(subscriptionId && { subscription: subscriptionId }),
                ...(cursor && { cursor }),
              },
            },
          }),
        );
        found.push(...page.data);
        cursor = subscriptionId === undefined ? null : page.cursor;
      }
      return found.toSorted((a, b) => a.at.localeCompare(b.at));
    },
  });
}

export type AttemptStatus = 'success' | 'retrying' | 'failure';

export function attemptStatus({ outcome, nextAttemptAt }: Attempt): AttemptStatus {
  if (outcome === 'success') return 'success';
  return nextAttemptAt === null ? 'failure' : 'retrying';
}

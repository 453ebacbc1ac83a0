import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { unwrap } from '../../api/api-error.ts';
import { useSession } from '../../session/session.tsx';

const POLL_MS = 1000;

const jobs = new Map<string, string>();
const listeners = new Set<() => void>();

/** Watch a replay job of a subscription until it was seen to end, even while other pages are open; null stops watching. */
export function watchJob(subscriptionId: string, jobId: string | null): void {
  if (jobId === null) jobs.delete(subscriptionId);
  else jobs.set(subscriptionId, jobId);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const keyOf = (project: string, subscriptionId: string) => [project, 'subscriptions', subscriptionId, 'jobs'];

/** Return the job that runs, whoever has started it, or else the watched one; undefined if there is neither. */
export function useReplayJob(subscriptionId: string) {
  const { reader, project } = useSession();
  const watched = useSyncExternalStore(subscribe, () => jobs.get(subscriptionId));
  const { data } = useQuery({
    // With the watched job in the key, a job is loaded as soon as someone has started it.
    queryKey: [...keyOf(project, subscriptionId), watched],
    queryFn: ({ signal }) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions/{id}/jobs', {
          params: { path: { project, id: subscriptionId }, query: { limit: 1 } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.data[0]?.state === 'running' ? POLL_MS : false),
  });
  const job = data?.data[0];
  return job?.state === 'running' || job?.id === watched ? job : undefined;
}

/** Cancel a job, and have its end shown. */
export function useCancelReplay(subscriptionId: string) {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (job: string) =>
      unwrap(
        client.DELETE('/v1/projects/{project}/subscriptions/{id}/jobs/{job}', {
          params: { path: { project, id: subscriptionId, job } },
        }),
      ),
    onSuccess({ id }) {
      watchJob(subscriptionId, id);
      return queries.invalidateQueries({ queryKey: keyOf(project, subscriptionId) });
    },
  });
}

import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { unwrap } from '../../api/api-error.ts';
import { useSession } from '../../session/session.tsx';

const POLL_MS = 700;
const jobs = new Map<string, string>();
const listeners = new Set<() => void>();

/** Watch a replay job of a subscription, even while other pages are open; null stops watching. */
export function watchJob(subscriptionId: string, jobId: string | null): void {
  if (jobId === null) jobs.delete(subscriptionId);
  else jobs.set(subscriptionId, jobId);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Load the watched job, and poll it until it ends. */
export function useReplayJob(subscriptionId: string) {
  const { client, project } = useSession();
  const job = useSyncExternalStore(subscribe, () => jobs.get(subscriptionId));
  return useQuery({
    queryKey: [project, 'subscriptions', subscriptionId, 'jobs', job],
    enabled: job !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : POLL_MS),
    queryFn: () =>
      unwrap(
        client.GET('/v1/projects/{project}/subscriptions/{id}/jobs/{job}', {
          params: { path: { project, id: subscriptionId, job: job ?? '' } },
        }),
      ),
  });
}

import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';

const REFRESH_MS = 15_000;

/** Load what the project uses of its limits. */
export function useUsage() {
  const { client, project } = useSession();
  return useQuery({
    queryKey: [project, 'usage'],
    refetchInterval: REFRESH_MS,
    queryFn: () => unwrap(client.GET('/v1/projects/{project}/usage', { params: { path: { project } } })),
  });
}

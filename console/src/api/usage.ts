import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';

const REFRESH_MS = 15_000;

/** Load what the project uses of its limits. */
export function useUsage() {
  const { reader, project } = useSession();
  return useQuery({
    queryKey: [project, 'usage'],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) =>
      unwrap(reader(signal).GET('/v1/projects/{project}/usage', { params: { path: { project } } })),
  });
}

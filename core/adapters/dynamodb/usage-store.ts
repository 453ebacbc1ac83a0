import { testPlace } from '../../model/test-place.ts';
import type { UsageStore } from '../../ports/usage-store.ts';
import { KEY } from './keys.ts';
import { projectCount } from './project-counts.ts';
import { runningJobs } from './running-jobs.ts';
import { type DataTable, getItems } from './table.ts';

/**
 * @param tests how many test requests a project may have open
 */
export function usageStore(table: DataTable, tests: number): UsageStore {
  const counts: Record<Parameters<UsageStore['count']>[1], (project: string) => Promise<number>> = {
    subscriptions: projectCount(table, 'subscriptions').read,
    keys: projectCount(table, 'keys').read,
    eventTypes: projectCount(table, 'eventTypes').read,
    async tests(project) {
      const places = Array.from({ length: tests }, (_, number) => KEY.lease(testPlace(project, number)));
      const leases = await getItems(table, places);
      return leases.filter((lease) => Number(lease?.leaseEnds ?? 0) > table.clock()).length;
    },
    jobs: async (project) => (await runningJobs(table, project)).size,
  };
  return { count: (project, what) => counts[what](project) };
}

import { testPlace } from '../../model/test-place.ts';
import type { UsageStore } from '../../ports/usage-store.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { runningJobs } from './running-jobs.ts';
import { countSubscriptions } from './subscription-count.ts';
import { countPrefix, type DataTable, getItems } from './table.ts';

/**
 * @param tests how many test requests a project may have open
 */
export function usageStore(table: DataTable, tests: number): UsageStore {
  const countItems = (prefix: string) => (project: string) =>
    countPrefix(table, PARTITION.project(project), prefix);
  const counts: Record<Parameters<UsageStore['count']>[1], (project: string) => Promise<number>> = {
    subscriptions: (project) => countSubscriptions(table, project),
    keys: countItems(PREFIX.key),
    eventTypes: countItems(PREFIX.eventType),
    async tests(project) {
      const places = Array.from({ length: tests }, (_, number) => KEY.lease(testPlace(project, number)));
      const leases = await getItems(table, places);
      return leases.filter((lease) => Number(lease?.leaseEnds ?? 0) > table.clock()).length;
    },
    jobs: async (project) => (await runningJobs(table, project)).size,
  };
  return { count: (project, what) => counts[what](project) };
}

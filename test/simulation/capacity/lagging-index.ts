import type { Clock } from '../../../core/kernel/clock.ts';
import type { DueEntry, DueWorkStore } from '../../../core/ports/due-work-store.ts';

interface Ghost extends DueEntry {
  readonly until: number;
}

/**
 * The due index as a query sees it: a global secondary index is eventually consistent, so work that was claimed a moment ago
 * is still listed with its old due time. New work is listed at once, which is the kinder half of the lag.
 */
export function lagging(dueWork: DueWorkStore, lagMs: number, clock: Clock): DueWorkStore {
  if (lagMs === 0) return dueWork;
  const ghosts = new Map<number, Ghost[]>();
  const shardOf = new Map<string, number>();
  const haunt = (entry: DueEntry) => {
    const shard = shardOf.get(entry.key);
    if (shard === undefined) return;
    ghosts.set(shard, [...(ghosts.get(shard) ?? []), { ...entry, until: clock() + lagMs }]);
  };
  return {
    ...dueWork,
    async due(shard, until, page) {
      const alive = (ghosts.get(shard) ?? []).filter((ghost) => ghost.until > clock());
      ghosts.set(shard, alive);
      const found = await dueWork.due(shard, until, page);
      for (const { key } of found.items) shardOf.set(key, shard);
      const seen = page.cursor === null ? alive.filter(({ dueAt }) => dueAt <= until) : [];
      return { ...found, items: [...seen, ...found.items].sort((a, b) => a.dueAt - b.dueAt) };
    },
    async claim(entry, lease) {
      const claimed = await dueWork.claim(entry, lease);
      if (claimed !== null) haunt(entry);
      return claimed;
    },
    async callPump(entry, now) {
      const called = await dueWork.callPump(entry, now);
      if (called !== null) haunt(entry);
      return called;
    },
  };
}

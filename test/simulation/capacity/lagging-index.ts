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
  return {
    ...dueWork,
    async due(shard, until, limit) {
      const alive = (ghosts.get(shard) ?? []).filter((ghost) => ghost.until > clock());
      ghosts.set(shard, alive);
      const found = await dueWork.due(shard, until, limit);
      for (const { key } of found) shardOf.set(key, shard);
      const seen = alive.filter(({ dueAt }) => dueAt <= until).map(({ key, dueAt }) => ({ key, dueAt }));
      return [...seen, ...found].sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },
    async claim(entry, lease) {
      const claimed = await dueWork.claim(entry, lease);
      const shard = shardOf.get(entry.key);
      if (claimed !== null && shard !== undefined) {
        const gone = ghosts.get(shard) ?? [];
        gone.push({ ...entry, until: clock() + lagMs });
        ghosts.set(shard, gone);
      }
      return claimed;
    },
  };
}

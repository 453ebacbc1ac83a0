import { ConflictError } from '../../../core/domain/errors.ts';
import { disjointPatterns } from '../../../core/domain/event-type.ts';
import { HEALTHY } from '../../../core/domain/health.ts';
import type { Subscription } from '../../../core/domain/subscription.ts';
import type { BindingStore, HealthStore, SubscriptionStore } from '../../../core/ports.ts';
import { newestFirst, pageOf } from './page-of.ts';

export function inMemorySubscriptions(): {
  subscriptions: SubscriptionStore;
  bindings: BindingStore;
  health: HealthStore;
} {
  const all = new Map<string, Subscription>();
  const ofProject = (project: string) =>
    [...all.values()].filter((subscription) => subscription.project === project);
  const get = async (project: string, id: string) =>
    ofProject(project).find((subscription) => subscription.id === id) ?? null;
  return {
    subscriptions: {
      get,
      async create(subscription) {
        all.set(subscription.id, subscription);
      },
      list: async (project, page) =>
        pageOf(
          newestFirst(ofProject(project), ({ id }) => id),
          ({ id }) => id,
          page,
        ),
      async update(previous, next) {
        const known = all.get(previous.id);
        if (known?.version !== previous.version)
          throw new ConflictError('The subscription was changed meanwhile.');
        const { lastSuccessAt } = known.health;
        const health = next.enabled && !previous.enabled ? { ...HEALTHY, lastSuccessAt } : known.health;
        all.set(next.id, { ...next, health });
      },
      async delete({ id, version }) {
        const known = all.get(id);
        if (known !== undefined && known.version !== version)
          throw new ConflictError('The subscription was changed meanwhile.');
        all.delete(id);
      },
    },
    health: {
      async recordFailures(project, id, count, at) {
        const known = await get(project, id);
        if (known === null || (known.health.lastSuccessAt ?? '') >= at) return null;
        const { consecutiveFailures, firstFailureAt, lastSuccessAt } = known.health;
        const health = {
          state: 'failing',
          consecutiveFailures: consecutiveFailures + count,
          firstFailureAt: firstFailureAt ?? at,
          lastSuccessAt,
        } as const;
        all.set(id, { ...known, health });
        return health.firstFailureAt;
      },
      async recordSuccess(project, id, at) {
        const known = await get(project, id);
        if (known !== null) all.set(id, { ...known, health: { ...HEALTHY, lastSuccessAt: at } });
      },
    },
    bindings: {
      async page(project, pattern, page) {
        const bound = ofProject(project).filter(
          ({ enabled, events }) => enabled && disjointPatterns(events).includes(pattern),
        );
        return pageOf(bound.map(({ id }) => id).sort(), (id) => id, page);
      },
    },
  };
}

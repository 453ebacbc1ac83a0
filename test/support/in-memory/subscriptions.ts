import { ConflictError } from '../../../core/kernel/errors.ts';
import type { Breaker } from '../../../core/model/breaker.ts';
import { disjointPatterns, matches } from '../../../core/model/event-pattern.ts';
import { HEALTHY } from '../../../core/model/health.ts';
import { conditionMark, type Subscription, startsAnew } from '../../../core/model/subscription.ts';
import type { BindingStore } from '../../../core/ports/binding-store.ts';
import type { HealthStore } from '../../../core/ports/health-store.ts';
import type { SubscriptionStore } from '../../../core/ports/subscription-store.ts';
import { newestFirst, pageOf } from './page-of.ts';

/** Create the stores of subscriptions. Opening a breaker also puts it among the due work. */
export function inMemorySubscriptions(putBreaker: (breaker: Breaker, dueAt: number) => void): {
  subscriptions: SubscriptionStore;
  bindings: BindingStore;
  health: HealthStore;
} {
  const all = new Map<string, Subscription>();
  const outages = new Map<string, number>();
  const ofProject = (project: string) =>
    [...all.values()].filter((subscription) => subscription.project === project);
  const get = async (project: string, id: string) => {
    const found = all.get(id);
    return found?.project === project ? found : null;
  };
  return {
    subscriptions: {
      get,
      async getByAlias(project, alias) {
        return ofProject(project).find((subscription) => subscription.alias === alias) ?? null;
      },
      async create(subscription) {
        const { project, alias } = subscription;
        if (alias !== null && ofProject(project).some((other) => other.alias === alias))
          throw new ConflictError(`There is a subscription "${alias}" already.`);
        all.set(subscription.id, subscription);
      },
      async list(project, page, { event, enabled, health } = {}) {
        const wanted = ofProject(project).filter(
          (subscription) =>
            (event === undefined || matches(subscription.events, event)) &&
            (enabled === undefined || subscription.enabled === enabled) &&
            (health === undefined || subscription.health.state === health),
        );
        const byId = ({ id }: Subscription) => id;
        return pageOf(newestFirst(wanted, byId), byId, page);
      },
      async update(previous, next) {
        const known = all.get(previous.id);
        if (known?.version !== previous.version)
          throw new ConflictError('The subscription was changed meanwhile.');
        const { lastSuccessAt } = known.health;
        const anew = startsAnew(previous, next);
        if (anew) outages.delete(next.id);
        const health = anew ? { ...HEALTHY, lastSuccessAt } : known.health;
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
        const { state, consecutiveFailures, firstFailureAt, lastSuccessAt } = known.health;
        const health = {
          state: state === 'open' ? state : 'failing',
          consecutiveFailures: consecutiveFailures + count.failures,
          firstFailureAt: firstFailureAt ?? at,
          lastSuccessAt,
        } as const;
        all.set(id, { ...known, health });
        outages.set(id, (outages.get(id) ?? 0) + count.outages);
        return {
          firstFailureAt: health.firstFailureAt,
          outages: outages.get(id) ?? 0,
          open: health.state === 'open',
        };
      },
      async recordSuccess(project, id, at) {
        const known = await get(project, id);
        outages.delete(id);
        if (known !== null) all.set(id, { ...known, health: { ...HEALTHY, lastSuccessAt: at } });
      },
      async openBreaker(breaker, probeAt) {
        const known = await get(breaker.project, breaker.subscriptionId);
        if (known === null || known.health.state === 'open') return false;
        all.set(known.id, { ...known, health: { ...known.health, state: 'open' } });
        putBreaker(breaker, probeAt);
        return true;
      },
      async closeBreaker(project, id) {
        const known = await get(project, id);
        if (known?.health.state !== 'open') return;
        const state = known.health.consecutiveFailures > 0 ? 'failing' : 'healthy';
        all.set(id, { ...known, health: { ...known.health, state } });
      },
    },
    bindings: {
      async page(project, pattern, page) {
        const bound = ofProject(project).filter(
          ({ enabled, events }) => enabled && disjointPatterns(events).includes(pattern),
        );
        const sorted = bound
          .map(({ id, condition }) => ({ subscriptionId: id, condition: conditionMark(condition) }))
          .sort((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1));
        return pageOf(sorted, ({ subscriptionId }) => subscriptionId, page, 'oldest first');
      },
    },
  };
}

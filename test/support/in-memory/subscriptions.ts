import { ConflictError, LimitReachedError } from '../../../core/kernel/errors.ts';
import { disjointPatterns, matches } from '../../../core/model/event-pattern.ts';
import { conditionMark, type Subscription, startsAnew, stateOf } from '../../../core/model/subscription.ts';
import { isNamed } from '../../../core/model/subscription-name.ts';
import { troubleOf } from '../../../core/model/trouble.ts';
import type { BindingStore } from '../../../core/ports/binding-store.ts';
import type { SubscriptionStore } from '../../../core/ports/subscription-store.ts';
import type { UnhealthyIndex } from '../../../core/ports/unhealthy-index.ts';
import { newestFirst, pageOf } from './page-of.ts';

/** The subscriptions by id. */
export class SubscriptionMap extends Map<string, Subscription> {
  /** Set by the flow store, whose items end with their subscriptions. */
  whenDeleted: (subscription: Subscription) => void = () => {};
}

/** Create the stores of subscriptions, and the map in which the flow store changes modes. */
export function inMemorySubscriptions(): {
  subscriptions: SubscriptionStore;
  bindings: BindingStore;
  unhealthy: UnhealthyIndex;
  all: SubscriptionMap;
} {
  const all = new SubscriptionMap();
  const ofProject = (project: string) =>
    [...all.values()].filter((subscription) => subscription.project === project);
  const get = async (project: string, id: string) => {
    const found = all.get(id);
    return found?.project === project ? found : null;
  };
  const remove = async (subscription: Subscription) => {
    const { id, version } = subscription;
    const known = all.get(id);
    if (known !== undefined && known.version !== version)
      throw new ConflictError('The subscription was changed meanwhile.');
    all.delete(id);
    all.whenDeleted(subscription);
  };
  return {
    all,
    subscriptions: {
      get,
      async getAll(project, ids) {
        const found = await Promise.all(ids.map((id) => get(project, id)));
        return new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each] as const])));
      },
      async getByAlias(project, alias) {
        return ofProject(project).find((subscription) => subscription.alias === alias) ?? null;
      },
      async create(subscription, limit) {
        const { project, alias } = subscription;
        if (alias !== null && ofProject(project).some((other) => other.alias === alias))
          throw new ConflictError(`There is a subscription "${alias}" already.`);
        // Counting takes as long as there are subscriptions, and the simulation creates 100,000.
        if (limit !== undefined && ofProject(project).length >= limit)
          throw new LimitReachedError(`A project may have ${limit}.`);
        all.set(subscription.id, subscription);
      },
      async list(project, page, { name, event, enabled, state } = {}) {
        const wanted = ofProject(project).filter(
          (subscription) =>
            (name === undefined || isNamed(subscription, name)) &&
            (event === undefined || matches(subscription.events, event)) &&
            (enabled === undefined || subscription.enabled === enabled) &&
            (state === undefined || stateOf(subscription) === state),
        );
        const byId = ({ id }: Subscription) => id;
        return pageOf(newestFirst(wanted, byId), byId, page);
      },
      async update(previous, next) {
        const known = all.get(previous.id);
        if (known?.version !== previous.version)
          throw new ConflictError('The subscription was changed meanwhile.');
        const { project, alias } = next;
        if (alias !== previous.alias && ofProject(project).some((other) => other.alias === alias))
          throw new ConflictError(`There is a subscription "${alias}" already.`);
        all.set(next.id, startsAnew(previous, next) ? next : { ...next, flow: known.flow });
      },
      delete: remove,
      deleteUncounted: remove,
    },
    unhealthy: {
      async list(project, state, page) {
        const entries = ofProject(project).flatMap((subscription) => {
          const trouble = troubleOf(subscription);
          return trouble?.state === state ? [{ ...trouble, subscriptionId: subscription.id }] : [];
        });
        const byId = ({ subscriptionId }: { subscriptionId: string }) => subscriptionId;
        return pageOf(newestFirst(entries, byId), byId, page);
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

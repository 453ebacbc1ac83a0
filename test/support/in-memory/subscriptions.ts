import { ConflictError } from '../../../core/domain/errors.ts';
import { disjointPatterns } from '../../../core/domain/event-type.ts';
import type { Subscription } from '../../../core/domain/subscription.ts';
import type { BindingStore, SubscriptionStore } from '../../../core/ports.ts';
import { newestFirst, pageOf } from './page-of.ts';

export function inMemorySubscriptions(): { subscriptions: SubscriptionStore; bindings: BindingStore } {
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
        if (all.get(previous.id)?.version !== previous.version)
          throw new ConflictError('The subscription was changed meanwhile.');
        all.set(next.id, next);
      },
      async delete({ id, version }) {
        const known = all.get(id);
        if (known !== undefined && known.version !== version)
          throw new ConflictError('The subscription was changed meanwhile.');
        all.delete(id);
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

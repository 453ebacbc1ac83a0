import { disjointPatterns } from '../../../core/model/event-pattern.ts';
import type { Subscription } from '../../../core/model/subscription.ts';
import type { Binding, BindingStore } from '../../../core/ports/binding-store.ts';
import type { SubscriptionStore } from '../../../core/ports/subscription-store.ts';
import { inMemoryDigests } from '../../support/in-memory/attempt-digests.ts';
import { inMemoryDueWork } from '../../support/in-memory/due-work.ts';
import { inMemoryAttempts, inMemoryEvents } from '../../support/in-memory/events.ts';
import { inMemoryFanOutPositions } from '../../support/in-memory/fan-out-positions.ts';
import { inMemoryTenants } from '../../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../../support/in-memory/subscriptions.ts';
import { inMemoryTraffic } from '../../support/in-memory/traffic.ts';
import type { BatchedTime } from './batched-time.ts';
import { lagging } from './lagging-index.ts';

/** Create the stores: those of the tests, with the indexes that thousands of subscriptions need. */
export function simulatedStores(time: BatchedTime, indexLagMs: number) {
  const { subscriptions, all } = inMemorySubscriptions();
  const waiting = inMemoryDueWork(time.clock, all);
  const bindings = new SortedBindings();
  const attemptLog = inMemoryAttempts(time.clock);
  return {
    ...inMemoryTenants(time.clock),
    ...waiting,
    dueWork: lagging(waiting.dueWork, indexLagMs, time.clock),
    subscriptions: {
      ...subscriptions,
      async create(subscription) {
        bindings.add(subscription);
        await subscriptions.create(subscription);
      },
    } satisfies SubscriptionStore,
    bindings,
    events: inMemoryEvents(time.clock),
    positions: inMemoryFanOutPositions(time.clock),
    attemptLog,
    attemptDigests: inMemoryDigests(attemptLog),
    trafficStore: inMemoryTraffic(),
  };
}

/** Cursors sort like the bindings, as they do in the table. */
const DIGITS = 9;

/** Bindings by pattern. Subscriptions are created in the order of their ids, and keep their patterns. */
class SortedBindings implements BindingStore {
  readonly #all = new Map<string, Binding[]>();

  add({ id, project, events }: Subscription): void {
    for (const pattern of disjointPatterns(events)) {
      const name = `${project} ${pattern}`;
      const bound = this.#all.get(name);
      const binding = { subscriptionId: id, condition: null };
      if (bound === undefined) this.#all.set(name, [binding]);
      else bound.push(binding);
    }
  }

  page: BindingStore['page'] = async (project, pattern, { limit, cursor }) => {
    const bound = this.#all.get(`${project} ${pattern}`) ?? [];
    const from = cursor === null ? 0 : Number(cursor);
    const next = from + limit;
    return {
      items: bound.slice(from, next),
      cursor: next < bound.length ? String(next).padStart(DIGITS, '0') : null,
    };
  };
}

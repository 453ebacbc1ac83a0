import { beforeEach, expect, it } from 'vitest';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { Page, PageRequest } from '../../core/ports/page.ts';
import { inMemoryDigests } from '../support/in-memory/attempt-digests.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { inMemoryMailbox } from '../support/in-memory/flow.ts';
import { inMemoryKeys, inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import {
  attemptRecord,
  eventRecord,
  eventTypeRecord,
  keyRecord,
  NOW,
  projectRecord,
  subscriptionRecord,
  unique,
  waitingRecord,
} from '../support/records.ts';

/** A list of names, to which a test adds and from which it removes. */
interface ListOfNames {
  list(page: PageRequest): Promise<Page<string>>;
  /** Add a name at this place of the list, counted from the oldest. */
  add(name: string, place: number): Promise<void>;
  remove(name: string): Promise<void>;
}

const inMemoryLog = (clock: Clock) => {
  const attempts = inMemoryAttempts(clock);
  return { attempts, digests: inMemoryDigests(attempts) };
};

const adapters = {
  inMemory: (clock: Clock) => ({
    ...inMemoryTenants(clock),
    ...inMemoryLog(clock),
    keys: inMemoryKeys(),
    subscriptions: inMemorySubscriptions().subscriptions,
    events: inMemoryEvents(clock),
    waiting: inMemoryMailbox() as Mailbox,
  }),
  dynamodb: (table: DataTable) => ({
    projects: projectStore(table),
    eventTypes: eventTypeStore(table),
    keys: keyStore(table),
    subscriptions: subscriptionStore(table),
    events: eventStore(table),
    attempts: attemptLog(table),
    digests: attemptDigests(table),
    waiting: mailbox(table),
  }),
};

type Stores = ReturnType<typeof adapters.dynamodb>;

function listOf(kind: string, stores: Stores): ListOfNames {
  const open = LISTS[kind];
  if (open === undefined) throw new Error(`There is no list of ${kind}.`);
  return open(stores);
}

const atPlace = (place: number) => new Date(NOW + place * 1000).toISOString();
const inOrder = (place: number) => String(place).padStart(6, '0');

async function names<Item>(
  page: Promise<Page<Item>>,
  nameOf: (item: Item) => string | null,
): Promise<Page<string>> {
  const { items, cursor } = await page;
  return { items: items.map((item) => nameOf(item) ?? ''), cursor };
}

/** Makes an attempt expire at once, because attempts cannot be removed. */
const EXPIRED = NOW - 60_000;
/** The place of the only event that disappears: it expires when time moves on. */
const EXPIRING = 50;
const SOON = NOW + 60_000;

const LISTS: Record<string, (stores: Stores) => ListOfNames> = {
  projects({ projects }) {
    const known = new Map<string, ReturnType<typeof projectRecord>>();
    return {
      list: (page) => names(projects.list(page), ({ name }) => name),
      async add(name, place) {
        const project = projectRecord({ name, createdAt: atPlace(place) });
        known.set(name, project);
        await projects.create(project, []);
      },
      remove: async (name) => projects.delete(known.get(name) as never, NOW),
    };
  },
  keys({ keys }) {
    const project = unique('p');
    const ids = new Map<string, string>();
    return {
      list: (page) => names(keys.list(project, page), ({ name }) => name),
      async add(name, place) {
        const key = keyRecord({ id: `key_${project}_${inOrder(place)}`, project, name });
        ids.set(name, key.id);
        await keys.create(key);
      },
      remove: (name) => keys.delete(project, ids.get(name) ?? ''),
    };
  },
  'event types': ({ eventTypes }) => {
    const project = unique('p');
    // Event types are listed by name, so the oldest one of the test has the last name.
    const typeOf = (place: number) => `type.${inOrder(1000 - place)}`;
    const types = new Map<string, string>();
    return {
      list: (page) => names(eventTypes.list(project, page), ({ description }) => description),
      async add(name, place) {
        types.set(name, typeOf(place));
        await eventTypes.put(project, eventTypeRecord({ type: typeOf(place), description: name }));
      },
      remove: (name) => eventTypes.delete(project, types.get(name) ?? ''),
    };
  },
  subscriptions({ subscriptions }) {
    const project = unique('p');
    const known = new Map<string, Subscription>();
    return {
      list: (page) => names(subscriptions.list(project, page), ({ name }) => name),
      async add(name, place) {
        const subscription = subscriptionRecord({ id: `sub_${project}_${inOrder(place)}`, project, name });
        known.set(name, subscription);
        await subscriptions.create(subscription);
      },
      remove: (name) => subscriptions.delete(known.get(name) as Subscription),
    };
  },
  events({ events }) {
    const project = unique('p');
    return {
      list: (page) => names(events.list(project, {}, page), ({ id }) => id),
      async add(name, place) {
        const expires = place === EXPIRING && { expiresAt: SOON };
        const event = eventRecord({ project, id: name, acceptedAt: atPlace(place), ...expires });
        await events.putOnce(event, name);
      },
      async remove() {
        testTime.now = SOON;
      },
    };
  },
  'attempts of a subscription': ({ attempts }) => {
    const subscriptionId = unique('sub');
    const places = new Map<string, number>();
    const put = (name: string, place: number, given: object) =>
      attempts.record([
        attemptRecord({ id: name, subscriptionId, eventId: name, at: atPlace(place), ...given }),
      ]);
    return {
      list: (page) => names(attempts.ofSubscription(subscriptionId, page), ({ eventId }) => eventId),
      async add(name, place) {
        places.set(name, place);
        await put(name, place, {});
      },
      async remove(name) {
        await put(name, places.get(name) ?? 0, { expiresAt: EXPIRED });
      },
    };
  },
  'attempts of a project': ({ attempts, digests }) => {
    const project = unique('p');
    const places = new Map<string, number>();
    const put = (name: string, place: number, given: object) =>
      attempts.record([attemptRecord({ project, id: name, eventId: name, at: atPlace(place), ...given })]);
    return {
      list: (page) => names(digests.list(project, page), ({ eventId }) => eventId),
      async add(name, place) {
        places.set(name, place);
        await digests.write(await put(name, place, {}));
      },
      async remove(name) {
        await put(name, places.get(name) ?? 0, { expiresAt: EXPIRED });
      },
    };
  },
  'attempts of an event': ({ attempts }) => {
    const eventId = unique('evt');
    const places = new Map<string, number>();
    const put = (name: string, place: number, given: object) =>
      attempts.record([
        attemptRecord({ id: name, subscriptionId: name, eventId, number: place + 1, ...given }),
      ]);
    return {
      list: (page) => names(attempts.ofEvent('erp', eventId, page), ({ subscriptionId: id }) => id),
      async add(name, place) {
        places.set(name, place);
        await put(name, place, {});
      },
      async remove(name) {
        await put(name, places.get(name) ?? 0, { expiresAt: EXPIRED });
      },
    };
  },
  deliveries({ waiting }) {
    const subscriptionId = unique('sub');
    const known = new Map<string, WaitingDelivery>();
    return {
      list: (page) => names(waiting.list(subscriptionId, page), ({ eventId }) => eventId),
      async add(name, place) {
        // Deliveries are listed by due time, so the oldest one of the test is due last.
        const entry = waitingRecord({ subscriptionId, eventId: name, dueAt: NOW + (1000 - place) * 1000 });
        known.set(name, entry);
        await waiting.write([entry]);
      },
      remove: (name) => waiting.write([], [known.get(name) as WaitingDelivery]),
    };
  },
};

beforeEach(() => {
  testTime.now = NOW;
});

onBoth('a list', adapters, (open) => {
  it.each(Object.keys(LISTS))(
    'of %s has each item once, even if items are added and removed between its pages',
    async (kind) => {
      const { list, add, remove } = listOf(kind, open());
      const name = (place: number) => `item-${place}`;
      // Every tenth place, so that others can be added in between.
      const first = Array.from({ length: 12 }, (_, index) => (index + 1) * 10);
      for (const place of first) await add(name(place), place);
      const seen: string[] = [];
      let cursor: string | null = null;
      let made = 200;
      do {
        const isFirst = cursor === null;
        const page: Page<string> = await list({ limit: 3, cursor });
        seen.push(...page.items);
        cursor = page.cursor;
        // Remove the item that the cursor stands for, and add items before and after the cursor.
        if (page.items.length > 0) await remove(page.items.at(-1) as string);
        await add(name(made), made++);
        if (isFirst) for (const place of [95, 15]) await add(name(place), place);
        if (isFirst) await remove(name(EXPIRING));
      } while (cursor !== null);

      const stayed = first.filter((place) => place !== EXPIRING).map(name);
      expect(seen.filter((item) => stayed.includes(item))).toEqual(stayed.toReversed());
      expect(seen.toSorted()).toEqual([...stayed, name(95), name(15)].toSorted());
    },
  );

  it('of subscriptions can be filtered by event type, including wildcards, and by enabled', async () => {
    const { subscriptions } = open();
    const project = unique('p');
    const wanting = [['job.done'], ['job.*'], ['*'], ['a', 'job.done']];
    const others = [['job'], ['job.done.late'], ['job.done.*'], ['other.*'], ['Job.done']];
    const made: Subscription[] = [];
    for (const [index, events] of [...wanting, ...others, ...wanting].entries()) {
      const subscription = subscriptionRecord({ project, events, enabled: index < 10 });
      made.push(subscription);
      await subscriptions.create(subscription);
    }
    const found = async (filter: object) =>
      (await readAll((page) => subscriptions.list(project, page, filter), 2)).map(({ id }) => id);
    const idsOf = (...places: number[]) => places.map((place) => made[place]?.id);
    expect(await found({ event: 'job.done' })).toEqual(idsOf(12, 11, 10, 9, 3, 2, 1, 0));
    expect(await found({ event: 'job.done', enabled: true })).toEqual(idsOf(9, 3, 2, 1, 0));
    expect(await found({ enabled: false })).toEqual(idsOf(12, 11, 10));
    expect(await found({ event: 'nothing', enabled: false })).toEqual(idsOf(11));
  });

  it('of event types can be filtered by archived', async () => {
    const { eventTypes } = open();
    const project = unique('p');
    for (const [index, type] of ['a', 'b', 'c', 'd', 'e'].entries())
      await eventTypes.put(project, eventTypeRecord({ type, archived: index % 2 === 0 }));
    const found = await readAll((page) => eventTypes.list(project, page, { archived: false }), 1);
    expect(found.map(({ type }) => type)).toEqual(['b', 'd']);
  });

  it('of attempts can be filtered by time, both ends included, those of a subscription by type, and those of an event by subscription', async () => {
    const { attempts } = open();
    const [subscriptionId, other, eventId] = [unique('sub'), unique('sub'), unique('evt')];
    const made = Array.from({ length: 12 }, (_, place) =>
      attemptRecord({
        ...{ subscriptionId, eventId: unique('evt'), at: atPlace(place) },
        ...{ outcome: place % 2 === 0 ? 'failure' : 'success', eventType: place % 3 === 0 ? 'a' : 'a.b' },
      }),
    );
    const ofEvent = Array.from({ length: 12 }, (_, place) =>
      attemptRecord({
        ...{ eventId, number: Math.floor(place / 2) + 1, at: atPlace(place) },
        ...{ subscriptionId: place % 2 === 0 ? other : unique('sub') },
      }),
    );
    await attempts.record([...made, ...ofEvent]);
    const placesOf = (found: readonly { at: string }[]) =>
      found.map(({ at }) => Array.from({ length: 12 }, (_, place) => atPlace(place)).indexOf(at));
    const listed = async (filter: Parameters<typeof attempts.ofSubscription>[2]) =>
      placesOf(await readAll((page) => attempts.ofSubscription(subscriptionId, page, filter), 2));
    expect(await listed({ since: atPlace(8) })).toEqual([11, 10, 9, 8]);
    expect(await listed({ until: atPlace(2) })).toEqual([2, 1, 0]);
    expect(await listed({ since: atPlace(3), until: atPlace(6), outcome: 'failure' })).toEqual([6, 4]);
    expect(await listed({ since: atPlace(3), until: atPlace(2) })).toEqual([]);
    expect(await listed({ type: 'a' })).toEqual([9, 6, 3, 0]);
    expect(await listed({ type: 'a', outcome: 'failure', since: atPlace(1) })).toEqual([6]);
    const ofOne = async (filter: Parameters<typeof attempts.ofEvent>[3]) =>
      placesOf(await readAll((page) => attempts.ofEvent('erp', eventId, page, filter), 2));
    expect(await ofOne({ subscription: other, since: atPlace(3), until: atPlace(8) })).toEqual([8, 6, 4]);
    expect(await ofOne({ subscription: other, outcome: 'failure' })).toEqual([]);
    expect(await ofOne({ until: atPlace(0) })).toEqual([0]);
  });

  it('of attempts can be filtered by outcome, in full pages', async () => {
    const { attempts } = open();
    const subscriptionId = unique('sub');
    const made = Array.from({ length: 60 }, (_, place) =>
      attemptRecord({
        ...{ subscriptionId, eventId: unique('evt'), at: atPlace(place) },
        outcome: place % 20 === 7 ? 'failure' : 'success',
      }),
    );
    await attempts.record(made);
    const failed = made.filter(({ outcome }) => outcome === 'failure').map(({ id }) => id);
    const first = await attempts.ofSubscription(
      subscriptionId,
      { limit: 2, cursor: null },
      { outcome: 'failure' },
    );
    expect(first.items.map(({ id }) => id)).toEqual(failed.toReversed().slice(0, 2));
    for (const [outcome, count] of [
      ['failure', 3],
      ['success', 57],
    ] as const) {
      const found = await readAll((page) => attempts.ofSubscription(subscriptionId, page, { outcome }), 10);
      expect(found.map(({ id }) => id)).toEqual(
        made
          .filter((attempt) => attempt.outcome === outcome)
          .map(({ id }) => id)
          .toReversed(),
      );
      expect(found).toHaveLength(count);
    }
  });

  it('of events can be filtered by type and time, page by page', async () => {
    const { events } = open();
    const project = unique('p');
    const made = Array.from({ length: 30 }, (_, place) =>
      eventRecord({ project, type: place % 2 === 0 ? 'even' : 'odd', acceptedAt: atPlace(place) }),
    );
    for (const event of made) await events.putOnce(event, event.id);
    const filter = { type: 'odd', since: atPlace(5), until: atPlace(15) };
    const found = await readAll((page) => events.list(project, filter, page), 2);
    expect(found.map(({ acceptedAt }) => acceptedAt)).toEqual([15, 13, 11, 9, 7, 5].map(atPlace));
  });
});

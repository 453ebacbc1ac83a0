import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { type DataTable, getItem } from '../../core/adapters/dynamodb/table.ts';
import { usageStore } from '../../core/adapters/dynamodb/usage-store.ts';
import { LimitReachedError } from '../../core/kernel/errors.ts';
import { pause } from '../../core/kernel/pause.ts';
import { deleteProject } from '../../core/manage/delete-project.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { startTable } from '../support/engines.ts';
import { lastingAuthorities } from '../support/in-memory/authorities.ts';
import { silentLog } from '../support/in-memory/log.ts';
import {
  eventTypeRecord,
  keyRecord,
  NOW,
  projectRecord,
  subscriptionRecord,
  unique,
} from '../support/records.ts';

const MINUTE_MS = 60_000;
let now = NOW;
let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => now);
});
beforeEach(() => {
  now = NOW;
});
afterAll(() => running.stop());

const store = () => subscriptionStore(running.table);
const countOf = async (project: string) =>
  (await getItem(running.table, KEY.count(project, 'subscriptions')))?.count;

/** Create subscriptions that no count knows of, as versions before 0.2 did. */
async function madeBefore(project: string, length: number): Promise<Subscription[]> {
  const made = Array.from({ length }, () => subscriptionRecord({ project }));
  for (const subscription of made) await store().create(subscription);
  await projectStore(running.table).forgetCounts(project);
  return made;
}

const createAtOnce = async (project: string, length: number, limit: number, stores = store()) => {
  const made = Array.from({ length }, () => subscriptionRecord({ project }));
  const tried = await Promise.allSettled(made.map((subscription) => stores.create(subscription, limit)));
  return {
    created: tried.filter(({ status }) => status === 'fulfilled').length,
    errors: tried.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
  };
};

describe('the subscriptions of a project of an earlier version', () => {
  it('are counted when the first of many is created at the same time', async () => {
    const project = unique('p');
    await madeBefore(project, 7);
    const { created, errors } = await createAtOnce(project, 20, 10);
    expect(created).toBe(3);
    for (const error of errors) expect(error).toBeInstanceOf(LimitReachedError);
    expect(await countOf(project)).toBe(10);
  });

  it('are counted again if one is deleted during the count', async () => {
    const project = unique('p');
    const [first] = (await madeBefore(project, 3)) as [Subscription];
    let isFirst = true;
    const overtaken = tableThat(async (command, send) => {
      const answer = await send();
      if (isFirst && command.constructor.name === 'QueryCommand') {
        isFirst = false;
        await store().delete(first);
      }
      return answer;
    });
    await subscriptionStore(overtaken).create(subscriptionRecord({ project }), 3);
    expect(isFirst).toBe(false);
    expect(await countOf(project)).toBe(3);
  });

  it('may be deleted before they are counted', async () => {
    const project = unique('p');
    const made = await madeBefore(project, 3);
    for (const subscription of made) await store().delete(subscription);
    expect((await createAtOnce(project, 3, 2)).created).toBe(2);
  });
});

describe('a count that is too high', () => {
  async function open() {
    const project = unique('p');
    const made = Array.from({ length: 3 }, () => subscriptionRecord({ project }));
    for (const subscription of made) await store().create(subscription, 3);
    // As a function of an earlier version does during an upgrade.
    for (const subscription of made.slice(1)) await store().deleteUncounted(subscription);
    return project;
  }

  it('is corrected at the limit, ten minutes after the last count', async () => {
    const project = await open();
    now += 10 * MINUTE_MS - 1;
    expect((await createAtOnce(project, 1, 3)).created).toBe(0);
    now += 1;
    expect((await createAtOnce(project, 1, 3)).created).toBe(1);
    expect(await countOf(project)).toBe(2);
  });

  it('is corrected by one of the requests that reach the limit at the same time', async () => {
    const project = await open();
    now += 10 * MINUTE_MS;
    let counts = 0;
    const counting = tableThat((command, send) => {
      if (command.constructor.name === 'QueryCommand') counts++;
      return send();
    });
    const { created } = await createAtOnce(project, 20, 1, subscriptionStore(counting));
    expect([created, counts]).toEqual([0, 1]);
    expect(await countOf(project)).toBe(1);
  });
});

describe('fifty subscriptions', () => {
  it('are all created at the same time, and deleted, although DynamoDB cancels transactions that meet', async () => {
    const project = unique('p');
    const { table, cancelled } = conflictingTable();
    const stores = subscriptionStore(table);
    expect(await createAtOnce(project, 50, 50, stores)).toEqual({ created: 50, errors: [] });
    expect(cancelled()).toBeGreaterThan(50);
    expect(await countOf(project)).toBe(50);
    const { items } = await stores.list(project, { limit: 50, cursor: null });
    await Promise.all(items.map((subscription) => stores.delete(subscription)));
    expect(await countOf(project)).toBe(0);
  });
});

const ALL = { limit: 100, cursor: null };

/** How the others that are limited are created, listed and deleted, each by a name. */
const KINDS = [
  [
    'keys',
    (table: DataTable) => {
      const keys = keyStore(table);
      return {
        create: (project: string, limit: number) =>
          keys.create(keyRecord({ project, id: unique('key'), hash: unique('hash') }), limit),
        list: async (project: string) => (await keys.list(project, ALL)).items.map(({ id }) => id),
        remove: keys.delete,
      };
    },
  ],
  [
    'eventTypes',
    (table: DataTable) => {
      const types = eventTypeStore(table);
      return {
        create: (project: string, limit: number) =>
          types.put(project, eventTypeRecord({ type: unique('type') }), limit),
        list: async (project: string) => (await types.list(project, ALL)).items.map(({ type }) => type),
        remove: types.delete,
      };
    },
  ],
] as const;

describe.each(KINDS)('%s', (what, storesOf) => {
  it('are as many as the project may have when more are created at the same time', async () => {
    const project = unique('p');
    const { table, cancelled } = conflictingTable();
    const { create, list } = storesOf(table);
    const tried = await Promise.allSettled(Array.from({ length: 20 }, () => create(project, 7)));
    const refused = tried.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(13);
    for (const error of refused) expect(error).toBeInstanceOf(LimitReachedError);
    expect(cancelled()).toBeGreaterThan(0);
    expect(await list(project)).toHaveLength(7);
  });

  it('are counted once when they are deleted at the same time', async () => {
    const project = unique('p');
    const { create, list, remove } = storesOf(running.table);
    for (let n = 0; n < 3; n++) await create(project, 3);
    const [first, second] = (await list(project)) as [string, string];
    await Promise.all([first, first, second, 'none'].map((name) => remove(project, name)));
    expect(await usageStore(running.table, 1).count(project, what)).toBe(1);
    const tried = await Promise.allSettled([1, 2, 3].map(() => create(project, 3)));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});

describe('an event type', () => {
  it('is replaced in a project that has as many as it may have', async () => {
    const project = unique('p');
    const types = eventTypeStore(running.table);
    await types.put(project, eventTypeRecord({ type: 'a' }), 1);
    await types.put(project, eventTypeRecord({ type: 'a', description: 'Second' }), 1);
    expect(await types.get(project, 'a')).toMatchObject({ description: 'Second' });
    await expect(types.put(project, eventTypeRecord({ type: 'b' }), 1)).rejects.toThrow(LimitReachedError);
  });
});

describe('a key', () => {
  it('is counted once, although a creation of it is repeated', async () => {
    const project = unique('p');
    const keys = keyStore(running.table);
    const key = keyRecord({ project });
    for (let n = 0; n < 2; n++) await keys.create(key, 1);
    expect(await usageStore(running.table, 1).count(project, 'keys')).toBe(1);
  });
});

describe('the deletion of a project', () => {
  it('removes its count, which does not keep subscriptions from being deleted at the same time', async () => {
    const project = projectRecord({ id: unique('p') });
    const projects = projectStore(running.table);
    await projects.create(project, []);
    await createAtOnce(project.id, 30, 30);
    const none = { list: async () => ({ items: [], cursor: null }), deleteUncounted: async () => {} };
    const others = {
      keys: none,
      eventTypes: none,
      clock: () => now,
      log: silentLog,
      authorities: lastingAuthorities,
      timeLimit: 1000,
    };
    const { table, cancelled } = conflictingTable();
    const subscriptions = subscriptionStore(table);
    await deleteProject({ projects, subscriptions, ...others }, project.id, 'key_1');
    expect(cancelled()).toBe(0);
    expect(await getItem(running.table, KEY.count(project.id, 'subscriptions'))).toBeUndefined();
  });
});

type Send = (command: object, send: () => Promise<unknown>) => Promise<unknown>;

/** Return the table with a client that does something before or after each command. */
function tableThat(does: Send): DataTable {
  const { client } = running.table;
  const wrapped = Object.create(client, {
    send: {
      value: (command: Parameters<typeof client.send>[0]) => does(command, () => client.send(command)),
    },
  });
  return { ...running.table, client: wrapped as DynamoDBDocumentClient };
}

/** How long a transaction may hold its items: an emulator on a busy machine answers much later than DynamoDB. */
const HOLD_MS = 15;

/** Return the table with a client that cancels a transaction while another one has an item of it, like DynamoDB. */
function conflictingTable(): { table: DataTable; cancelled: () => number } {
  const taken = new Set<string>();
  let cancelled = 0;
  const table = tableThat(async (command, send) => {
    if (!(command instanceof TransactWriteCommand)) return send();
    const names = (command.input.TransactItems ?? []).map(({ Put, ...others }) => {
      const { pk, sk } = Put?.Item ?? others.Update?.Key ?? others.Delete?.Key ?? {};
      return `${pk} ${sk}`;
    });
    if (names.some((name) => taken.has(name))) {
      cancelled++;
      throw new TransactionCanceledException({
        message: '',
        $metadata: {},
        CancellationReasons: names.map((name) => ({
          Code: taken.has(name) ? 'TransactionConflict' : 'None',
        })),
      });
    }
    for (const name of names) taken.add(name);
    const answer = send();
    await Promise.race([answer, pause(HOLD_MS)]).finally(() => {
      for (const name of names) taken.delete(name);
    });
    return answer;
  });
  return { table, cancelled: () => cancelled };
}

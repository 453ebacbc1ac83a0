import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { unhealthyIndex } from '../../core/adapters/dynamodb/unhealthy-index.ts';
import { COMPARED_AGAIN_MS, unhealthyRepair } from '../../core/adapters/dynamodb/unhealthy-repair.ts';
import { DIRECT, type Flow, newFlow } from '../../core/model/flow.ts';
import { disabled, revise, type Subscription } from '../../core/model/subscription.ts';
import { UNHEALTHY_STATES } from '../../core/model/trouble.ts';
import { startTable } from '../support/engines.ts';
import { readAll } from '../support/pages.ts';
import { NOW, projectRecord, subscriptionRecord } from '../support/records.ts';

const time = { now: NOW };
const clock = () => time.now;
let running: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  time.now = NOW;
  running = await startTable(clock);
  for (const id of ['crm', 'erp', 'shop'])
    await projectStore(running.table).create(projectRecord({ id }), []);
});
afterEach(() => running.stop());

const SLOW: Flow = { mode: 'paced', reason: 'slow', since: '2026-01-15T11:00:00.000Z', watchedSince: NOW };

const create = async (given: Partial<Subscription>): Promise<Subscription> => {
  const subscription = subscriptionRecord(given);
  await subscriptionStore(running.table).create(subscription);
  return subscription;
};
const listed = async (project: string) => {
  const lists = UNHEALTHY_STATES.map((state) =>
    readAll((page) => unhealthyIndex(running.table).list(project, state, page), 100),
  );
  return (await Promise.all(lists)).flat().map(({ subscriptionId, state }) => `${state} ${subscriptionId}`);
};
const shown = async (project: string, state: (typeof UNHEALTHY_STATES)[number]) =>
  (await readAll((page) => subscriptionStore(running.table).list(project, page, { state }), 2)).map(
    ({ id }) => id,
  );

/** Change a subscription as version 0.1 does, which does not know the index. */
const changeAs01 = ({ project, id }: Subscription, changes: Item) =>
  running.table.client.send(
    new UpdateCommand({
      TableName: running.table.tableName,
      Key: KEY.subscription(project, id),
      UpdateExpression: `SET ${Object.keys(changes).map((name) => `#${name} = :${name}`)}`,
      ExpressionAttributeNames: Object.fromEntries(Object.keys(changes).map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(changes).map(([name, value]) => [`:${name}`, value]),
      ),
    }),
  );
const deleteAs01 = ({ project, id }: Subscription) =>
  running.table.client.send(
    new DeleteCommand({ TableName: running.table.tableName, Key: KEY.subscription(project, id) }),
  );
const put = (item: Item) =>
  running.table.client.send(new PutCommand({ TableName: running.table.tableName, Item: item }));

it('corrects what a version without the index has changed, in all projects', async () => {
  const [off, slow, gone, well] = [
    await create({ project: 'erp' }),
    await create({ project: 'erp', flow: SLOW }),
    await create({ project: 'shop', flow: SLOW }),
    await create({ project: 'crm', flow: SLOW }),
  ];
  const { flow: _, ...legacy } = subscriptionRecord({ project: 'shop' });
  await put({ ...KEY.subscription('shop', legacy.id), ...legacy, openedAt: '2026-01-15T11:00:00.000Z' });
  await changeAs01(off, disabled('gone', NOW));
  await changeAs01(slow, disabled('failing', NOW));
  await changeAs01(well, { flow: DIRECT });
  await deleteAs01(gone);

  expect(await unhealthyRepair(running.table).repair(NOW + 1)).toBe(5);
  expect(await listed('erp')).toEqual([`disabled ${slow.id}`, `disabled ${off.id}`]);
  expect(await listed('shop')).toEqual([`paused ${legacy.id}`]);
  expect(await listed('crm')).toEqual([]);
});

it('shows no subscription in a state that it has left, even before the repair', async () => {
  const [slow, gone] = [await create({ flow: SLOW }), await create({ flow: SLOW })];
  await changeAs01(slow, { flow: DIRECT });
  await deleteAs01(gone);
  expect(await shown('erp', 'failing')).toEqual([]);
});

it('corrects an entry with the next change of the subscription’s state', async () => {
  const slow = await create({ flow: SLOW });
  await changeAs01(slow, { flow: DIRECT });
  const read = { ...slow, flow: DIRECT };
  await subscriptionStore(running.table).update(read, revise(read, disabled('manual', NOW), NOW));
  expect(await shown('erp', 'disabled')).toEqual([slow.id]);
});

it.each([94, 95, 96, 97, 98, 99])(
  'never differs from a subscription with %d patterns whose change was written in part',
  async (count) => {
    const { table } = running;
    const events = Array.from({ length: count }, (_, index) => `many.${index}`);
    const off = await create({ events, enabled: false, disabledReason: 'manual' });
    let transactions = 0;
    const send = table.client.send.bind(table.client);
    vi.spyOn(table.client, 'send').mockImplementation((command: unknown) => {
      if (command instanceof TransactWriteCommand && ++transactions === 2) throw new Error('it has crashed');
      return send(command as never);
    });
    await subscriptionStore(table)
      .update(off, revise(off, { enabled: true, flow: newFlow(off.createdAt) }, NOW))
      .catch(() => {});
    vi.restoreAllMocks();
    const stored = await subscriptionStore(table).get('erp', off.id);
    expect(await listed('erp')).toEqual(stored?.enabled ? [] : [`disabled ${off.id}`]);
  },
);

it('goes on where it ended, and rests for six hours when it has compared everything', async () => {
  const made: Subscription[] = [];
  for (const project of ['crm', 'erp', 'shop'])
    for (let count = 0; count < 120; count++) made.push(await create({ project, flow: SLOW }));
  for (const each of made.filter((_, index) => index % 30 === 0)) await changeAs01(each, { flow: DIRECT });
  let calls = 0;
  let repaired = 0;
  // A new copy of the function each time.
  for (let found: number | null = 0; found !== null; calls++) {
    found = await unhealthyRepair(running.table).repair(NOW);
    repaired += found ?? 0;
  }
  expect(repaired).toBe(12);
  expect(calls).toBeGreaterThan(10);
  expect(await shown('shop', 'failing')).toHaveLength(116);

  const copy = unhealthyRepair(running.table);
  expect(await copy.repair(NOW)).toBeNull();
  await changeAs01(made[1] as Subscription, { flow: DIRECT });
  time.now += COMPARED_AGAIN_MS - 1;
  expect(await copy.repair(time.now + 1)).toBeNull();
  time.now += 1;
  expect(await copy.repair(time.now + 1)).toBe(1);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { dataKeyOf, isSealed, SealedValueError } from '../../core/adapters/dynamodb/sealed-values.ts';
import { rotateSecrets } from '../../core/adapters/dynamodb/secret-rotation.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable, Item } from '../../core/adapters/dynamodb/table.ts';
import { revise } from '../../core/model/subscription.ts';
import { startTable } from '../support/engines.ts';
import { allItems, inflated, putItems, readScene, toJson } from '../support/golden/items.ts';
import { attempt, loggedAttempt, STACK_TIME } from '../support/golden/scene.ts';
import { inMemoryDataKeys } from '../support/in-memory/data-keys.ts';
import { scanned } from '../support/stored.ts';

const OLD: Item[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../support/golden/0.1.0/items.json'), 'utf8'),
);

let running: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  running = await startTable(() => STACK_TIME);
  await putItems(running.table, OLD);
});
afterEach(() => running.stop());

/** The table as functions with this `writeFormat` see it. @param dataKey the current one */
const writing = (format: 1 | 2, dataKey = 1): DataTable => ({
  ...running.table,
  dataKeys: inMemoryDataKeys(format === 2 ? dataKey : null),
});
const items = async () => Object.values(await scanned(running));
const sealedValues = async () => (await items()).flatMap((item) => Object.values(item).filter(isSealed));
const get = (table: DataTable) => subscriptionStore(table).get('erp', 'sub_1');

describe('the secrets that version 0.1 wrote', () => {
  it('are encrypted by a rotation, and read as before by functions of either format', async () => {
    const before = toJson(await readScene(writing(1)));
    const { rewritten } = await rotateSecrets(writing(2));
    expect(rewritten).toBeGreaterThan(3);
    expect(await sealedValues()).not.toEqual([]);
    for (const format of [1, 2] as const) expect(toJson(await readScene(writing(format)))).toEqual(before);
  });

  it('are again what they were after a rollback and another rotation', async () => {
    await rotateSecrets(writing(2));
    await rotateSecrets(writing(1));
    expect(inflated(await allItems(running.table))).toEqual(inflated((await putAgain(OLD)).toSorted(byKey)));
  });

  it('are encrypted in attempts that 0.1 can read once they are decrypted', async () => {
    await attemptLog(writing(2)).record([attempt]);
    await rotateSecrets(writing(1));
    const exchanges = (await items()).flatMap(({ exchange }) =>
      exchange instanceof Uint8Array ? [exchange] : [],
    );
    expect(exchanges).not.toEqual([]);
    for (const each of exchanges) expect(inflateRawSync(each).toString()).toMatch(/^{"request":/);
  });

  it('are rewritten once: the next rotation, or that of an interrupted one, leaves alone what is done', async () => {
    const first = await rotateSecrets(writing(2));
    const before = await items();
    expect(await rotateSecrets(writing(2))).toEqual({
      rewritten: 0,
      unchanged: first.rewritten + first.unchanged,
    });
    expect(await items()).toEqual(before);
  });

  it('are sealed with the new data key after a rotation of that', async () => {
    await rotateSecrets(writing(2, 1));
    await rotateSecrets(writing(2, 2));
    expect(new Set((await sealedValues()).map(dataKeyOf))).toEqual(new Set([2]));
  });

  it('are encrypted by the next change of their subscription or project', async () => {
    const table = writing(2);
    const subscription = await get(table);
    if (subscription === null) throw new Error('It is gone.');
    await subscriptionStore(table).update(subscription, revise(subscription, { name: 'B' }, STACK_TIME));
    expect((await sealedValues()).length).toBeGreaterThanOrEqual(2);
    expect((await get(table))?.secrets).toEqual(subscription.secrets);

    const projects = projectStore(table);
    const project = await projects.get('erp');
    if (project === null) throw new Error('It is gone.');
    const changed = { ...project, exportKey: 'new' };
    await projects.update(project, changed);
    expect(await projects.get('erp')).toEqual(changed);
    // A sealed attribute cannot be compared in a condition: the change of another is still noticed.
    await expect(projects.update(project, { ...project, name: 'C' })).rejects.toThrow('changed meanwhile');
    await projects.update(changed, { ...changed, name: 'C' });
  });
});

describe('a rotation beside functions', () => {
  it('keeps what they change meanwhile', async () => {
    const { client } = running.table;
    let isChanged = false;
    const racing = {
      ...writing(2),
      client: {
        send: async (command: object) => {
          const isRewrite = command instanceof UpdateCommand && command.input.Key?.sk === 'SUB#sub_1';
          if (isRewrite && !isChanged) {
            isChanged = true;
            const subscription = await get(writing(1));
            if (subscription === null) throw new Error('It is gone.');
            const change = revise(subscription, { url: 'https://new.example.com/' }, STACK_TIME);
            await subscriptionStore(writing(1)).update(subscription, change);
          }
          return client.send(command as UpdateCommand);
        },
      },
    } as DataTable;
    await rotateSecrets(racing);
    expect(isChanged).toBe(true);
    expect((await get(writing(2)))?.url).toBe('https://new.example.com/');
    expect(isSealed((await items()).find(({ sk }) => sk === 'SUB#sub_1')?.url)).toBe(true);
  });

  it('ends at a value that does not open', async () => {
    await rotateSecrets(writing(2, 1));
    const update = new UpdateCommand({
      TableName: running.table.tableName,
      Key: KEY.subscription('erp', 'sub_1'),
      UpdateExpression: 'SET headers = #url',
      ExpressionAttributeNames: { '#url': 'url' },
    });
    await running.table.client.send(update);
    await expect(rotateSecrets(writing(2, 2))).rejects.toThrow(SealedValueError);
  });
});

it('an attempt still fits into one write unit once it is sealed', async () => {
  const long = {
    ...attempt,
    request: { ...attempt.request, body: Array.from({ length: 900 }, (_, n) => n.toString(36)).join() },
  };
  await attemptLog(writing(2)).record([long]);
  const stored = (await items()).find(({ id }) => id === attempt.id) as Item;
  const { exchange, ...rest } = stored as { exchange: Uint8Array };
  expect(isSealed(exchange)).toBe(true);
  expect(exchange.length + 'exchange'.length + JSON.stringify(rest).length).toBeLessThanOrEqual(1024);
});

const byKey = (a: Item, b: Item) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1);

/** Return items as a table returns them. */
async function putAgain(items: Item[]): Promise<Item[]> {
  const other = await startTable(() => STACK_TIME);
  try {
    await putItems(other.table, items);
    return await allItems(other.table);
  } finally {
    await other.stop();
  }
}

it('an exchange in full is sealed with a new data key, and read as before', async () => {
  await attemptLog(writing(2, 1), { choose: async (attempts) => attempts }).record([loggedAttempt]);
  const read = () =>
    attemptLog(writing(2, 2)).ofId(loggedAttempt.project, loggedAttempt.eventId, loggedAttempt.id);
  const before = await read();
  expect(before?.response?.body).toBe(loggedAttempt.response?.body);
  await rotateSecrets(writing(2, 2));
  const [exchange] = (await items()).filter(({ sk }) => String(sk).startsWith('EXCHANGE#'));
  expect(dataKeyOf(exchange?.exchange as Uint8Array)).toBe(2);
  expect(await read()).toEqual(before);
});

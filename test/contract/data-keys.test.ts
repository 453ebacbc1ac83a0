import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CURRENT_FOR_MS, dataKeys } from '../../core/adapters/dynamodb/data-keys.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryWrappingKey } from '../support/in-memory/wrapping-key.ts';
import { NOW } from '../support/records.ts';

let now = NOW;
let running: Awaited<ReturnType<typeof startTable>>;
let kms: ReturnType<typeof inMemoryWrappingKey>;
beforeEach(async () => {
  now = NOW;
  running = await startTable(() => now);
  kms = inMemoryWrappingKey();
});
afterEach(() => running.stop());

const open = (settings: { seals?: boolean; creates?: boolean } = {}) =>
  dataKeys({ table: running.table, wrappingKey: kms.wrappingKey, seals: true, ...settings });

it('exists once, however many create it at the same time', async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, () => open({ creates: true }).current()));
  expect(keys.map((key) => key?.number)).toEqual([1, 1, 1, 1, 1]);
  expect(new Set(keys.map((key) => Buffer.from(key?.key ?? []).toString('hex'))).size).toBe(1);
});

it('is not created by functions, which write values as they are until it is there', async () => {
  const functions = open();
  expect(await functions.current()).toBeNull();
  const created = await open({ creates: true }).current();
  now += CURRENT_FOR_MS;
  expect(await functions.current()).toEqual(created);
});

it('is not used to write in a stage that writes the formats of version 0.1, but to read', async () => {
  const created = await open({ creates: true }).current();
  const functions = open({ seals: false });
  expect(await functions.current()).toBeNull();
  expect(await functions.get(1)).toEqual(created);
});

it('is unwrapped once for each copy of a function, however often it is used', async () => {
  await open({ creates: true }).current();
  const calls = kms.calls.length;
  const functions = open();
  for (let minute = 0; minute < 3; minute++) {
    await Promise.all([functions.current(), functions.get(1), functions.get(1)]);
    now += CURRENT_FOR_MS;
  }
  expect(kms.calls.slice(calls)).toEqual(['unwrap 1']);
});

it('is another one after a rotation, within a minute, and the previous one still reads', async () => {
  const first = await open({ creates: true }).current();
  const functions = open();
  await functions.current();
  const second = await open().rotate();
  expect(second.number).toBe(2);
  expect(second.key).not.toEqual(first?.key);
  now += CURRENT_FOR_MS;
  expect(await functions.current()).toEqual(second);
  expect(await functions.get(1)).toEqual(first);
});

it('is asked for again after a failure', async () => {
  await open({ creates: true }).current();
  const functions = open();
  kms.fails = true;
  await expect(functions.current()).rejects.toThrow('KMS fails');
  await expect(functions.get(1)).rejects.toThrow('KMS fails');
  kms.fails = false;
  expect((await functions.current())?.number).toBe(1);
});

it('is missed with an error, and not replaced', async () => {
  await open({ creates: true }).current();
  const { client, tableName: TableName } = running.table;
  await client.send(new DeleteCommand({ TableName, Key: KEY.dataKey(1) }));
  await expect(open({ creates: true }).get(1)).rejects.toThrow('The data key 1 is missing');
});

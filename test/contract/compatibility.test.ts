import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { VERSION } from '../../core/kernel/version.ts';
import { startTable } from '../support/engines.ts';
import { allItems, inflated, putItems, readScene, toJson, writeScene } from '../support/golden/items.ts';
import { asDelivery, fannedOut, type KeptMessages, sentMessages } from '../support/golden/messages.ts';
import { STACK_TIME } from '../support/golden/scene.ts';

/**
 * What a version leaves in the queues and in the table, and what it read there, is kept under test/support/golden for
 * every version that was released. Whatever this version changes, it must read the same of it.
 */
const GOLDEN = join(import.meta.dirname, '../support/golden');
const versions = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function load<Content>(version: string, file: string): Content {
  return JSON.parse(readFileSync(join(GOLDEN, version, file), 'utf8'));
}

let running: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  running = await startTable(() => STACK_TIME);
  // Which of its shards the traffic goes to.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => running.stop());

const readMessages = async ({ events, deliveries }: KeptMessages) => ({
  events: await Promise.all(events.map(fannedOut)),
  deliveries: deliveries.map(asDelivery),
});

/** `WRITE_GOLDEN=1 vitest run test/contract/compatibility.test.ts`, once for each version. */
it.runIf(process.env.WRITE_GOLDEN)('keeps what this version writes, unless it is there', async () => {
  const folder = join(GOLDEN, VERSION);
  expect(existsSync(folder), `${folder} is what was released`).toBe(false);
  mkdirSync(folder);
  const write = (file: string, content: unknown) =>
    writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
  await writeScene(running.table);
  write('items.json', await allItems(running.table));
  write('items-as-read.json', toJson(await readScene(running.table)));
  const messages = await sentMessages();
  write('messages.json', messages);
  write('messages-as-read.json', toJson(await readMessages(messages)));
});

describe.each(versions)('what version %s left behind', (version) => {
  it('in the table is read as it was', async () => {
    await putItems(running.table, load<Item[]>(version, 'items.json'));
    expect(toJson(await readScene(running.table))).toMatchObject(load<object>(version, 'items-as-read.json'));
  });

  const { events, deliveries } = load<KeptMessages>(version, 'messages.json');
  const asRead = load<{ events: object[]; deliveries: object[] }>(version, 'messages-as-read.json');

  it.each(events.map((message, index) => [message.what, message, asRead.events[index]] as const))(
    'in the events queue (%s) is fanned out as it was',
    async (_, message, before = {}) => expect(toJson(await fannedOut(message))).toMatchObject(before),
  );

  it.each(deliveries.map((message, index) => [message.what, message, asRead.deliveries[index]] as const))(
    'in the deliveries or the retries queue (%s) is read as it was',
    (_, message, before = {}) => expect(toJson(asDelivery(message))).toMatchObject(before),
  );
});

describe('what this version writes is what is kept of it, or its former version could not read it after a rollback:', () => {
  it('in the table', async () => {
    await writeScene(running.table);
    expect(inflated(await allItems(running.table))).toEqual(inflated(load<Item[]>(VERSION, 'items.json')));
  });

  it('in the queues', async () => {
    expect(await sentMessages()).toEqual(load(VERSION, 'messages.json'));
  });
});

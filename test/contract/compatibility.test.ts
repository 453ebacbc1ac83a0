import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { startTable } from '../support/engines.ts';
import { allItems, inflated, putItems, readScene, toJson, writeScene } from '../support/golden/items.ts';
import { asDelivery, fannedOut, type KeptMessages, sentMessages } from '../support/golden/messages.ts';
import { STACK_TIME } from '../support/golden/scene.ts';

/**
 * test/support/golden has, for every released version, the messages and items that it wrote, and how it read them. Every later
 * version must read them in the same way.
 */
const GOLDEN = join(import.meta.dirname, '../support/golden');
const versions = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function load<Content>(version: string, file: string): Content {
  return JSON.parse(readFileSync(join(GOLDEN, version, file), 'utf8'));
}

/**
 * Leave out what version 0.1 alone can read: the state of breakers, the list of what is parked, and how many deliveries a replay
 * had counted. Each parked delivery is among the due work, and `upgrade.test.ts` shows what becomes of it.
 */
const withoutRetired = ({ parked: _, ...read }: Record<string, unknown>): object =>
  JSON.parse(
    JSON.stringify(read, (name, value) => {
      if (name === 'health') return undefined;
      return name === 'job' ? { ...value, total: undefined } : value;
    }),
  );

let running: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  running = await startTable(() => STACK_TIME);
  // Fixes the shard of the traffic.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => running.stop());

const readMessages = async ({ events, deliveries }: KeptMessages) => ({
  events: await Promise.all(events.map(fannedOut)),
  deliveries: deliveries.map(asDelivery),
});

/** The version that is being developed. Its files may be written anew until it is released. */
const NEXT = '0.2.0';

/** Run once per version: `WRITE_GOLDEN=1 vitest run test/contract/compatibility.test.ts`. */
it.runIf(process.env.WRITE_GOLDEN)('writes the golden files of this version, unless they exist', async () => {
  const folder = join(GOLDEN, NEXT);
  expect(existsSync(folder), `${folder} has been released`).toBe(false);
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

describe.each(versions)('this version, on the data of version %s', (version) => {
  it('reads the items like that version', async () => {
    await putItems(running.table, load<Item[]>(version, 'items.json'));
    expect(toJson(await readScene(running.table))).toMatchObject(
      withoutRetired(load(version, 'items-as-read.json')),
    );
  });

  const { events, deliveries } = load<KeptMessages>(version, 'messages.json');
  const asRead = load<{ events: object[]; deliveries: object[] }>(version, 'messages-as-read.json');

  it.each(events.map((message, index) => [message.what, message, asRead.events[index]] as const))(
    'fans out the message of the events queue like that version: %s',
    async (_, message, before = {}) => expect(toJson(await fannedOut(message))).toMatchObject(before),
  );

  it.each(deliveries.map((message, index) => [message.what, message, asRead.deliveries[index]] as const))(
    'reads the message of the deliveries or the retries queue like that version: %s',
    (_, message, before = {}) => expect(toJson(asDelivery(message))).toMatchObject(before),
  );
});

describe('this version, which must remain readable after a rollback', () => {
  it('writes the items of its golden file', async () => {
    await writeScene(running.table);
    expect(inflated(await allItems(running.table))).toEqual(inflated(load<Item[]>(NEXT, 'items.json')));
  });

  it('sends the messages of its golden file', async () => {
    expect(await sentMessages()).toEqual(load(NEXT, 'messages.json'));
  });
});

import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { allItems, type Page } from '../../ports/page.ts';
import { erasedAttributes } from './attempt-items.ts';
import { PREFIX, projectOfEvents } from './keys.ts';
import { ATTEMPT_SECRETS, sealedItem, withOpenBytes } from './sealed-values.ts';
import { type DataTable, type Item, keyOfItem, queryCollection } from './table.ts';
import { ifConditionHolds, sendOne, writeAll } from './write.ts';

const { partitionKey } = ATTRIBUTE;

const PER_READ = 1000;
/** The items that are written at the same time. */
const AT_ONCE = 20;

/**
 * Erase what the items of some partitions say of an event: the exchanges in full are deleted, and the attempts keep their outcomes.
 * An item that changes meanwhile is looked at again. Return false if there was not enough time.
 */
export async function eraseAttempts(
  table: DataTable,
  partitions: readonly string[],
  eventId: string,
  until: number,
): Promise<boolean> {
  for (const partition of partitions) {
    if (!(await eraseExchanges(table, partition, until))) return false;
    let changed: Item[];
    do {
      changed = [];
      let some: Item[] = [];
      const eraseSome = async () => {
        changed.push(...(await eraseEach(table, some, eventId)));
        some = [];
      };
      const collection = { partition, prefix: PREFIX.attempt, order: 'oldest first' } as const;
      for await (const item of allItems(PER_READ, (page) => queryCollection(table, collection, page))) {
        if (some.push(item) < AT_ONCE) continue;
        if (table.clock() >= until) return false;
        await eraseSome();
      }
      await eraseSome();
    } while (changed.length > 0 && table.clock() < until);
    if (changed.length > 0) return false;
  }
  return true;
}

/** Erase what some items say of an event. Return those that were changed by somebody else since they were read. */
async function eraseEach(table: DataTable, items: readonly Item[], eventId: string): Promise<Item[]> {
  const erased = await Promise.all(items.map((item) => eraseItem(table, item, eventId)));
  return items.filter((_, index) => !erased[index]);
}

async function eraseItem(table: DataTable, item: Item, eventId: string): Promise<boolean> {
  // To open it takes most of the time, which another pass over very many attempts would not have.
  if (item.erased === true) return true;
  const project = projectOfEvents(item[partitionKey] as string);
  const dataKey = (await table.dataKeys?.current()) ?? null;
  const open = await withOpenBytes(table, project, item, ATTEMPT_SECRETS);
  const attributes = erasedAttributes(open, eventId, dataKey !== null);
  if (attributes === null) return true;
  const key = keyOfItem(item);
  const stored =
    dataKey === null ? attributes : sealedItem(dataKey, project, { ...key, ...attributes }, ATTEMPT_SECRETS);
  const seen = item.attempts === undefined ? 'exchange' : 'attempts';
  const update = new UpdateCommand({
    TableName: table.tableName,
    Key: key,
    UpdateExpression: `SET ${Object.keys(attributes)
      .map((name) => `${name} = :${name}`)
      .join(', ')} REMOVE detail`,
    ConditionExpression: `${seen} = :seen`,
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.keys(attributes).map((name) => [`:${name}`, stored[name]])),
      ':seen': item[seen],
    },
  });
  return (await ifConditionHolds(sendOne(table, update))) !== null;
}

/** Delete the exchanges in full of a partition's attempts, and return true, or false if there was not enough time. */
async function eraseExchanges(table: DataTable, partition: string, until: number): Promise<boolean> {
  const collection = { partition, prefix: PREFIX.exchange, order: 'oldest first' } as const;
  let cursor: string | null = null;
  do {
    if (table.clock() >= until) return false;
    const page: Page<Item> = await queryCollection(table, collection, { limit: AT_ONCE, cursor });
    await writeAll(
      table,
      page.items.map((item) => ({ DeleteRequest: { Key: keyOfItem(item) } })),
    );
    cursor = page.cursor;
  } while (cursor !== null);
  return true;
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Clock } from '../../kernel/clock.ts';
import { InvalidCursorError } from '../../kernel/errors.ts';
import { pause } from '../../kernel/pause.ts';
import type { DataKeys } from '../../ports/data-keys.ts';
import type { LargeBodies } from '../../ports/large-bodies.ts';
import { listAll, type Page, type PageRequest } from '../../ports/page.ts';

/** The table, as every store sees it. */
export interface DataTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: Clock;
  /** Without them, sealed values are withheld. */
  readonly dataKeys?: DataKeys;
  /** Without them, no event that is too large for an item can be stored or read. */
  readonly bodies?: LargeBodies;
}

export function openTable(tableName: string, clock: Clock, client = new DynamoDBClient({})): DataTable {
  const translate = { marshallOptions: { removeUndefinedValues: true } };
  return { client: DynamoDBDocumentClient.from(client, translate), tableName, clock };
}

/** The bytes of an item, its key included, that one write unit pays for. */
export const WRITE_UNIT_BYTES = 1024;

export type Item = Record<string, unknown>;

/** Return the key of an item. */
export const keyOfItem = (item: Item): Item => ({
  [ATTRIBUTE.partitionKey]: item[ATTRIBUTE.partitionKey],
  [ATTRIBUTE.sortKey]: item[ATTRIBUTE.sortKey],
});

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The condition that there is such an item. */
export const EXISTS = {
  ConditionExpression: 'attribute_exists(#pk)',
  ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
};

/** Convert milliseconds, which everything else uses, to DynamoDB's TTL in seconds. */
export const toTimeToLive = (expiresAt: number): number => Math.floor(expiresAt / 1000);

/** Return whether an item exists and has not expired. TTL deletes up to 48 hours late, so reads must check. */
export function isAlive(item: Item | undefined, { clock }: DataTable): item is Item {
  const expiresAt = item?.[ATTRIBUTE.timeToLive];
  return item !== undefined && (typeof expiresAt !== 'number' || expiresAt > clock() / 1000);
}

/** Read an item as the latest write left it. */
export async function getItem({ client, tableName }: DataTable, Key: Item): Promise<Item | undefined> {
  return (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
}

/**
 * Read up to 100 items with different keys, as the latest writes left them, in the order of the keys.
 *
 * @throws Error if some are still unprocessed after 8 tries
 */
export async function getItems(
  { client, tableName }: DataTable,
  keys: readonly Item[],
): Promise<(Item | undefined)[]> {
  const found = new Map<string, Item>();
  let left: BatchGetCommandInput['RequestItems'] = {
    [tableName]: { Keys: [...keys], ConsistentRead: true },
  };
  for (let tries = 1; left?.[tableName] !== undefined; tries++) {
    const read: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: left }));
    for (const item of read.Responses?.[tableName] ?? []) found.set(keyText(item), item);
    left = read.UnprocessedKeys;
    if (left?.[tableName] === undefined) break;
    if (tries === MAX_TRIES) throw new Error('Some items could not be read.');
    await pause(Math.random() * 25 * 2 ** tries);
  }
  return keys.map((key) => found.get(keyText(key)));
}

/** Read any number of items with different keys, a hundred at a time, in the order of the keys. */
export async function getAllItems(table: DataTable, keys: readonly Item[]): Promise<(Item | undefined)[]> {
  const found: (Item | undefined)[] = [];
  for (let from = 0; from < keys.length; from += MOST_AT_ONCE)
    found.push(...(await getItems(table, keys.slice(from, from + MOST_AT_ONCE))));
  return found;
}

export const MOST_AT_ONCE = 100;
const MAX_TRIES = 8;

/** Return the key of an item as one text. */
export const keyText = (item: Item): string => `${item[ATTRIBUTE.partitionKey]} ${item[ATTRIBUTE.sortKey]}`;

export interface Collection {
  readonly partition: string;
  /** The prefix of the sort keys; empty if the partition has no other items. */
  readonly prefix: string;
  readonly order: 'newest first' | 'oldest first';
}

/** Return a page of an item collection. The cursor is the last sort key, so pages are stable under writes. */
export async function queryCollection(
  table: DataTable,
  { partition, prefix, order }: Collection,
  page: PageRequest,
): Promise<Page<Item>> {
  const { partitionKey, sortKey } = ATTRIBUTE;
  // DynamoDB rejects a start key outside of the query, which would look like an internal error.
  if (page.cursor === '' || page.cursor?.startsWith(prefix) === false) throw new InvalidCursorError();
  return query(table, page, sortKey, {
    KeyConditionExpression: prefix === '' ? '#pk = :pk' : '#pk = :pk AND begins_with(#sk, :prefix)',
    ExpressionAttributeNames: { '#pk': partitionKey, ...(prefix !== '' && { '#sk': sortKey }) },
    ExpressionAttributeValues: { ':pk': partition, ...(prefix !== '' && { ':prefix': prefix }) },
    ScanIndexForward: order === 'oldest first',
    ConsistentRead: true,
    ...startAfter(partition, page),
  });
}

/** Return all items of a partition between two sort keys, both inclusive. Their number must be bounded. */
export async function queryRange(
  table: DataTable,
  { partition, from, to }: { readonly partition: string; readonly from: string; readonly to: string },
): Promise<Item[]> {
  const { partitionKey, sortKey } = ATTRIBUTE;
  const read = (page: PageRequest) =>
    query(table, page, sortKey, {
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#pk': partitionKey, '#sk': sortKey },
      ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
      ...startAfter(partition, page),
    });
  return listAll(ITEMS_PER_READ, read);
}

export const startAfter = (partition: string, { cursor }: Pick<PageRequest, 'cursor'>) =>
  cursor !== null && {
    ExclusiveStartKey: { [ATTRIBUTE.partitionKey]: partition, [ATTRIBUTE.sortKey]: cursor },
  };

const ITEMS_PER_READ = 1000;

/** Count the items of a query, or stop where there are at least `most`. */
export async function countItems(
  { client, tableName: TableName }: DataTable,
  input: Omit<QueryCommandInput, 'TableName' | 'Select'>,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let count = 0;
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        Select: 'COUNT',
        ...input,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start !== undefined && count < most);
  return count;
}

/** Count the items of a partition whose sort keys have a prefix, as the latest writes left them. */
export const countPrefix = (table: DataTable, partition: string, prefix: string): Promise<number> =>
  countItems(table, {
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
    ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey, '#sk': ATTRIBUTE.sortKey },
    ExpressionAttributeValues: { ':pk': partition, ':prefix': prefix },
    ConsistentRead: true,
  });

/** Return a page of a query. The cursor is the last sort key. */
export async function query(
  table: DataTable,
  { limit }: PageRequest,
  sortKey: string,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<Page<Item>> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({ TableName: table.tableName, Limit: limit, ...input }),
  );
  const items = Items.filter((item) => isAlive(item, table));
  const last = LastEvaluatedKey?.[sortKey];
  return { items, cursor: typeof last === 'string' ? last : null };
}

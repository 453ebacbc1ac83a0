import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Clock } from '../../kernel/clock.ts';
import { InvalidCursorError } from '../../kernel/errors.ts';
import type { Page, PageRequest } from '../../ports/page.ts';

/** The table, as every store sees it. */
export interface DataTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: Clock;
}

export function openTable(tableName: string, clock: Clock, client = new DynamoDBClient({})): DataTable {
  const translate = { marshallOptions: { removeUndefinedValues: true } };
  return { client: DynamoDBDocumentClient.from(client, translate), tableName, clock };
}

export type Item = Record<string, unknown>;

/** Convert milliseconds, which everything else uses, to DynamoDB's TTL in seconds. */
export const toTimeToLive = (expiresAt: number): number => Math.floor(expiresAt / 1000);

/** Return whether an item exists and has not expired. TTL deletes up to 48 hours late, so reads must check. */
export function isAlive(item: Item | undefined, { clock }: DataTable): item is Item {
  const expiresAt = item?.[ATTRIBUTE.timeToLive];
  return item !== undefined && (typeof expiresAt !== 'number' || expiresAt > clock() / 1000);
}

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
    ...(page.cursor !== null && { ExclusiveStartKey: { [partitionKey]: partition, [sortKey]: page.cursor } }),
  });
}

/** Return all items of a partition between two sort keys, both inclusive. Their number must be bounded. */
export async function queryRange(
  table: DataTable,
  { partition, from, to }: { readonly partition: string; readonly from: string; readonly to: string },
): Promise<Item[]> {
  const { partitionKey, sortKey } = ATTRIBUTE;
  const found: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await query(table, { limit: ITEMS_PER_READ, cursor }, sortKey, {
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#pk': partitionKey, '#sk': sortKey },
      ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
      ...(cursor !== null && { ExclusiveStartKey: { [partitionKey]: partition, [sortKey]: cursor } }),
    });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

const ITEMS_PER_READ = 1000;

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

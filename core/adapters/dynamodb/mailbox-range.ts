import { ATTRIBUTE } from '../../contract.ts';
import type { MailboxRange } from '../../ports/mailbox.ts';
import type { Page } from '../../ports/page.ts';
import { type DataTable, type Item, query } from './table.ts';

const { partitionKey, sortKey } = ATTRIBUTE;

/** Sorts above every character of a key. */
export const AFTER = '\uffff';

/** The first sort key after this one. */
export const nextKey = (key: string): string => `${key}\u0000`;

interface SortKeys extends Pick<MailboxRange, 'limit' | 'order'> {
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
}

/** Read items of a partition as they are now. The cursor is where the next read begins. */
export async function readBetween(
  table: DataTable,
  partition: string,
  { from, to, limit, order = 'first due first' }: SortKeys,
): Promise<Page<Item>> {
  if (from > to) return { items: [], cursor: null };
  const page = await query(table, { limit, cursor: null }, sortKey, {
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#pk': partitionKey, '#sk': sortKey },
    ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
    ScanIndexForward: order === 'first due first',
    ConsistentRead: true,
  });
  return { items: page.items, cursor: page.cursor === null ? null : nextKey(page.cursor) };
}

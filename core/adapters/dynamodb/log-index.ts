import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import { InvalidCursorError } from '../../kernel/errors.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { type Collection, type DataTable, type Item, query } from './table.ts';

type Order = Collection['order'];

export interface LogRange {
  readonly partition: string;
  readonly order: Order;
  /** The range of sort keys, both ends inclusive. */
  readonly from?: string;
  readonly to?: string;
}

/** An entry of a log with its position. Several entries may share an item. */
export interface Placed<Entry> {
  readonly entry: Entry;
  /** A cursor, which sorts in the order of the log. */
  readonly position: string;
}

/** These sort below and above every sort key of the log index, which begins with a time. */
const FIRST = '0';
const LAST = '~';

/**
 * Read a page of the log index. It has the entries of `limit` items, so it may have more entries than that. A cursor remains
 * valid after its entry is gone.
 *
 * @param unfold returns the entries of an item, the oldest first and always in the same order
 */
export async function queryLog<Entry>(
  table: DataTable,
  { partition, order, from = FIRST, to = LAST }: LogRange,
  { limit, cursor }: PageRequest,
  unfold: (item: Item) => readonly Entry[] | Promise<readonly Entry[]>,
  filter: Partial<QueryCommandInput> = {},
): Promise<Page<Placed<Entry>>> {
  const { logPartitionKey, logSortKey } = ATTRIBUTE;
  const forward = order === 'oldest first';
  const shown = cursor === null ? null : positionOf(cursor, order);
  // The range includes the cursor's item, because the last page may have shown only some of its entries.
  const start = shown === null ? undefined : keyOf(shown);
  const range = { ':from': forward ? (start ?? from) : from, ':to': forward ? to : (start ?? to) };
  if (range[':from'] > range[':to']) return { items: [], cursor: null };
  const page = await query(table, { limit: start === undefined ? limit : limit + 1, cursor }, logSortKey, {
    ...filter,
    IndexName: INDEX.log,
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
    ExpressionAttributeNames: {
      ...filter.ExpressionAttributeNames,
      '#pk': logPartitionKey,
      '#sk': logSortKey,
    },
    ExpressionAttributeValues: { ...filter.ExpressionAttributeValues, ':pk': partition, ...range },
    ScanIndexForward: forward,
  });
  const unfolded = page.items.map(async (item) => {
    const key = item[logSortKey] as string;
    const placed = (await unfold(item)).map((entry, index) => ({ entry, position: place(key, index) }));
    return forward ? placed : placed.reverse();
  });
  const items = (await Promise.all(unfolded)).flat();
  return {
    items: shown === null ? items : items.filter(({ position }) => comesFirst(shown, position, order)),
    cursor: page.cursor === null ? null : positionOf(page.cursor, order),
  };
}

/**
 * Merge pages of the same limit and order into one, or cut one that has too many entries. A page hides the entries beyond its
 * cursor, so the merged page must end at the nearest of the cursors.
 */
export function mergePages<Entry>(
  pages: readonly Page<Placed<Entry>>[],
  limit: number,
  order: Order,
): Page<Placed<Entry>> {
  const compare = (a: string, b: string) => (comesFirst(a, b, order) ? -1 : 1);
  const [horizon] = pages.flatMap(({ cursor }) => (cursor === null ? [] : [cursor])).sort(compare);
  const found = pages.flatMap(({ items }) => items).sort((a, b) => compare(a.position, b.position));
  const visible =
    horizon === undefined ? found : found.filter(({ position }) => !comesFirst(horizon, position, order));
  const items = visible.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: visible.length > limit && last ? last.position : (horizon ?? null) };
}

/** Return whether a position comes before another. Compare as DynamoDB sorts, by UTF-8 bytes. JavaScript compares UTF-16 units, which differs for surrogate pairs. */
export function comesFirst(a: string, b: string, order: Order): boolean {
  const difference = Buffer.compare(Buffer.from(a), Buffer.from(b));
  return order === 'newest first' ? difference > 0 : difference < 0;
}

/** Sorts below every character of a key, so that positions sort like their keys. */
const SEPARATOR = '\u0000';
const DIGITS = 4;

/** Return the position of an entry of an item. */
export const place = (key: string, index: number): string =>
  `${key}${SEPARATOR}${String(index).padStart(DIGITS, '0')}`;

/** Return the key of the item that has the entry of a position. */
export const keyOf = (position: string) => position.slice(0, position.indexOf(SEPARATOR));

/** Return the position of a cursor. A cursor that is only a key stands for the whole item. */
function positionOf(cursor: string, order: Order): string {
  if (cursor === '') throw new InvalidCursorError();
  if (cursor.includes(SEPARATOR)) return cursor;
  return `${cursor}${SEPARATOR}${order === 'newest first' ? '' : '~'}`;
}

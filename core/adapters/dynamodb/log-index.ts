import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import { InvalidCursorError } from '../../kernel/errors.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { type Collection, type DataTable, type Item, query } from './table.ts';

type Order = Collection['order'];

export interface LogRange {
  readonly partition: string;
  readonly order: Order;
  /** Of the sort keys, both inclusive. */
  readonly from?: string;
  readonly to?: string;
}

/** An entry of a log, whose item may hold others beside it. */
export interface Placed<Entry> {
  readonly entry: Entry;
  /** Sorts in the order of the log; a cursor. */
  readonly position: string;
}

/** Below and above every sort key of the log index, which are times. */
const FIRST = '0';
const LAST = '~';

/**
 * One page of the log index: the entries of as many items as the page may have entries, so it may have more. The cursor
 * stays good whether or not its entry is still there.
 *
 * `unfold`: what an item holds, the oldest first, always in the same order.
 */
export async function queryLog<Entry>(
  table: DataTable,
  { partition, order, from = FIRST, to = LAST }: LogRange,
  { limit, cursor }: PageRequest,
  unfold: (item: Item) => readonly Entry[],
  filter: Partial<QueryCommandInput> = {},
): Promise<Page<Placed<Entry>>> {
  const { logPartitionKey, logSortKey } = ATTRIBUTE;
  const forward = order === 'oldest first';
  const shown = cursor === null ? null : positionOf(cursor, order);
  // The range includes the item of the cursor, some of which may not have been shown yet.
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
  const items = page.items.flatMap((item) => {
    const key = item[logSortKey] as string;
    const placed = unfold(item).map((entry, index) => ({ entry, position: place(key, index) }));
    return forward ? placed : placed.reverse();
  });
  return {
    items: shown === null ? items : items.filter(({ position }) => comesFirst(shown, position, order)),
    cursor: page.cursor === null ? null : positionOf(page.cursor, order),
  };
}

/**
 * The first of several pages of the same limit and order, or of one that has too much. A part that has been read only as
 * far as its cursor hides what is beyond it there, so nothing beyond the nearest of the cursors may be shown yet.
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

/** As DynamoDB sorts, by UTF-8: JavaScript has some characters of two units before others of one. */
function comesFirst(a: string, b: string, order: Order): boolean {
  const difference = Buffer.compare(Buffer.from(a), Buffer.from(b));
  return order === 'newest first' ? difference > 0 : difference < 0;
}

/** Below every character of a key, so that positions sort as their keys do. */
const SEPARATOR = '\u0000';
const DIGITS = 4;

const place = (key: string, index: number) => `${key}${SEPARATOR}${String(index).padStart(DIGITS, '0')}`;

const keyOf = (position: string) => position.slice(0, position.indexOf(SEPARATOR));

/** A key stands for all of its item. */
function positionOf(cursor: string, order: Order): string {
  if (cursor === '') throw new InvalidCursorError();
  if (cursor.includes(SEPARATOR)) return cursor;
  return `${cursor}${SEPARATOR}${order === 'newest first' ? '' : '~'}`;
}

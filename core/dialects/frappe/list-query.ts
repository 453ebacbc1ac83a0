import { columnOf } from './column-name.ts';
import type { Row, Table } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import { type Filter, fits, readFilters } from './filters.ts';
import { Likes } from './like.ts';

interface Order {
  readonly column: string;
  readonly descending: boolean;
}

export interface ListQuery {
  readonly fields: readonly { readonly column: string; readonly label: string }[];
  /** A row must pass all of these, and one of `orFilters` if there are any. */
  readonly filters: readonly Filter[];
  readonly orFilters: readonly Filter[];
  readonly orders: readonly Order[];
  readonly start: number;
  /** Infinity for all. */
  readonly length: number;
  /** Whether rows are objects; otherwise they are lists of values. */
  readonly asDict: boolean;
}

const DEFAULT_LENGTH = 20;
/** Lists of rows with thousands of columns would not fit into memory. */
const MAX_FIELDS = 100;

/** @throws FrappeError */
export function readListQuery(table: Table, query: Readonly<Record<string, string | undefined>>): ListQuery {
  const { fields, filters, or_filters, order_by, limit, limit_start, as_dict, group_by } = query;
  if (group_by) throw refusal('group_by is not supported');
  const likes = new Likes();
  const length = whole(query.limit_page_length ?? (limit === '0' ? undefined : limit)) ?? DEFAULT_LENGTH;
  return {
    fields: fieldsOf(table, fields),
    filters: readFilters(table, json('filters', filters), likes),
    orFilters: readFilters(table, json('or_filters', or_filters), likes),
    orders: ordersOf(table, order_by),
    start: whole(limit_start) ?? 0,
    length: length === 0 ? Number.POSITIVE_INFINITY : length,
    asDict: !/^(false|f|no|n|0)$/i.test(as_dict ?? ''),
  };
}

const whole = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Math.max(0, Number.parseInt(text, 10) || 0);

function json(name: string, text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(`${name} is not JSON`);
  }
}

/** Read `["name", "enabled as on"]`, `"*"`, or names separated by commas. */
function fieldsOf(table: Table, text: string | undefined): ListQuery['fields'] {
  const asked = text === undefined || text === '' ? [] : fieldList(text);
  const given = asked.length > 0 ? asked : ['name'];
  const fields = given.flatMap((field) => {
    if (typeof field !== 'string') throw new FrappeError('DataError', ['Field names must be strings']);
    if (/^(?:`?tab[^`.]+`?\.)?\*$/.test(field))
      return Object.keys(table.columns).map((column) => ({ column, label: column }));
    const [, name = '', label] = /^(.*?)(?: as `?(\w+)`?)?$/i.exec(spaced(field)) ?? [];
    const column = columnOf(table, name);
    return [{ column, label: label ?? column }];
  });
  if (fields.length > MAX_FIELDS) throw refusal(`A row can have at most ${MAX_FIELDS} fields`);
  return fields;
}

/** Reduce runs of white space, on which the regular expressions below would take quadratic time. */
const spaced = (text: string) => text.trim().replace(/\s+/g, ' ');

function fieldList(text: string): unknown[] {
  if (!/^\s*["[{]/.test(text)) return text.split(',');
  const given = json('fields', text);
  if (Array.isArray(given)) return given;
  if (typeof given === 'string') return given.split(',');
  throw new FrappeError('DataError', ['Fields must be a list']);
}

const DEFAULT_ORDER: Order = { column: 'modified', descending: true };

function ordersOf(table: Table, text: string | undefined): Order[] {
  if (text === undefined || text.trim() === '') return [DEFAULT_ORDER];
  const orders = text.split(',').map((part) => {
    const [, name = '', direction = 'asc'] = /^(.*?)(?: (asc|desc))?$/i.exec(spaced(part)) ?? [];
    return { column: columnOf(table, name), descending: direction.toLowerCase() === 'desc' };
  });
  // Ordering by a column again changes nothing.
  return orders.filter(({ column }, index) => orders.findIndex((order) => order.column === column) === index);
}

export const passes = (row: Row, { filters, orFilters }: Pick<ListQuery, 'filters' | 'orFilters'>): boolean =>
  filters.every((filter) => fits(row, filter)) &&
  (orFilters.length === 0 || orFilters.some((filter) => fits(row, filter)));

/** Return the columns that decide which rows are shown, and in what order. */
export const decidingColumns = ({ filters, orFilters, orders }: ListQuery): Set<string> =>
  new Set([...filters, ...orFilters, ...orders].map(({ column }) => column));

/** Sort items by their rows. */
export function inOrder<Item>(
  items: readonly Item[],
  { orders }: ListQuery,
  rowOf: (item: Item) => Row,
): Item[] {
  return items.toSorted((a, b) => {
    for (const { column, descending } of orders) {
      const difference = compare(rowOf(a)[column] ?? '', rowOf(b)[column] ?? '');
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Return a row as the list shows it. */
export function shown(row: Row, { fields, asDict }: ListQuery): object {
  const entries = fields.map(({ column, label }) => [label, row[column] ?? null] as const);
  return asDict ? Object.fromEntries(entries) : entries.map(([, value]) => value);
}

import { columnOf } from './column-name.ts';
import type { ColumnType, Row, Table } from './columns.ts';
import { refusal } from './errors.ts';
import { Likes } from './like.ts';

const OPERATORS = [
  '=',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
  'like',
  'not like',
  'in',
  'not in',
  'is',
  'between',
] as const;
type Operator = (typeof OPERATORS)[number];

type Cell = string | number;

/** A condition on a column. `in`, `not in` and `between` have several values. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly values: readonly Cell[];
  /** For `like` and `not like`. */
  readonly isLike?: (text: string) => boolean;
}

/**
 * Read filters in any of Frappe's forms: `{"enabled": 1, "name": ["like", "a%"]}`, `[["enabled", "=", 1]]`,
 * `[["Webhook", "enabled", "=", 1]]`, or a single filter.
 *
 * @throws FrappeError
 */
export function readFilters(table: Table, given: unknown, likes = new Likes()): Filter[] {
  if (given === null || given === undefined || given === '') return [];
  if (Array.isArray(given)) {
    const isOne = typeof given[0] === 'string';
    return (isOne ? [given] : given).flatMap((filter) =>
      Array.isArray(filter) ? [readFilter(table, filter, likes)] : readFilters(table, filter, likes),
    );
  }
  if (typeof given !== 'object') throw refusal('Filters must be an object or a list');
  return Object.entries(given).map(([column, value]) =>
    // A list starts with its operator.
    readFilter(table, Array.isArray(value) ? [column, ...value] : [column, '=', value], likes),
  );
}

function readFilter(table: Table, given: readonly unknown[], likes: Likes): Filter {
  const parts = given.length >= 4 ? given.slice(1, 4) : given;
  if (given.length >= 4 && given[0] !== table.doctype)
    throw refusal(`Only filters on "${table.doctype}" are supported`);
  if (parts.length < 2) throw refusal('A filter must have a field, an operator and a value');
  const [name, operator, value] = parts.length === 2 ? [parts[0], '=', parts[1]] : parts;
  const column = columnOf(table, name);
  const wanted = typeof operator === 'string' ? operator.toLowerCase().trim() : '';
  const known = OPERATORS.find((one) => one === wanted);
  if (known === undefined) throw refusal(`Operator must be one of ${OPERATORS.join(', ')}`);
  const type = table.columns[column] ?? 'text';
  const values = valuesOf(known, type, value);
  const isLike = known.endsWith('like') && { isLike: likes.of(String(values[0])) };
  return { column, operator: known, values, ...isLike };
}

function valuesOf(operator: Operator, type: ColumnType, value: unknown): Cell[] {
  switch (operator) {
    case 'in':
    case 'not in':
      return listOf(value).map((one) => cellOf(type, one));
    case 'between': {
      const [from, to] = listOf(value);
      return [cellOf(type, from), cellOf(type, to, LAST_OF_DAY)];
    }
    case 'is':
      if (value !== 'set' && value !== 'not set') throw refusal('"is" takes "set" or "not set"');
      return [value];
    case 'like':
    case 'not like':
      return [cellOf('text', value)];
    default:
      return [cellOf(type, value)];
  }
}

/** Read a list, which may be a text: `POST,PUT`. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) throw refusal('A filter must compare with plain values');
  return String(value ?? '')
    .split(',')
    .map((one) => one.trim());
}

const FIRST_OF_DAY = '0001-01-01 00:00:00.000000';
const LAST_OF_DAY = '9999-12-31 23:59:59.999999';

/** Convert a value to its column's type. @param rest completes an incomplete time: the start or the end of its day */
function cellOf(type: ColumnType, value: unknown, rest = FIRST_OF_DAY): Cell {
  if (typeof value === 'object' && value !== null) throw refusal('A filter must compare with a plain value');
  if (type === 'number') return toNumber(value);
  const text = value === null || value === undefined ? '' : String(value);
  if (type === 'text' || text === '') return text;
  const time = text.replace('T', ' ').replace(/Z$/, '');
  return time + rest.slice(time.length);
}

/** Convert a text like a database: to 0 if it is not a number. */
function toNumber(value: unknown): number {
  const number = value === true || value === false ? Number(value) : Number.parseFloat(String(value));
  return Number.isNaN(number) ? 0 : number;
}

/** Return whether a row passes the filter. A missing value counts as an empty one. */
export function fits(row: Row, { column, operator, values, isLike }: Filter): boolean {
  const cell = row[column] ?? '';
  const [first = '', second = ''] = values;
  switch (operator) {
    case '=':
      return cell === first;
    case '!=':
      return cell !== first;
    case '>':
      return cell > first;
    case '<':
      return cell < first;
    case '>=':
      return cell >= first;
    case '<=':
      return cell <= first;
    case 'in':
      return values.includes(cell);
    case 'not in':
      return !values.includes(cell);
    case 'like':
      return isLike?.(String(cell)) === true;
    case 'not like':
      return isLike?.(String(cell)) === false;
    case 'is':
      return (cell !== '') === (first === 'set');
    case 'between':
      return cell >= first && cell <= second;
  }
}

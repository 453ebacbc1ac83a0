import { columnOf } from './column-name.ts';
import type { ColumnType, Row, Table } from './columns.ts';
import { refusal } from './errors.ts';
import { isLike } from './like.ts';

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

/** One condition on a column. Of `in`, `not in` and `between` there are several values. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly values: readonly Cell[];
}

/**
 * Reads filters as Frappe takes them: `{"enabled": 1, "name": ["like", "a%"]}`, `[["enabled", "=", 1]]`,
 * `[["Webhook", "enabled", "=", 1]]`, or one alone.
 *
 * @throws FrappeError
 */
export function readFilters(table: Table, given: unknown): Filter[] {
  if (given === null || given === undefined || given === '') return [];
  if (Array.isArray(given)) {
    const isOne = typeof given[0] === 'string';
    return (isOne ? [given] : given).flatMap((filter) =>
      Array.isArray(filter) ? [readFilter(table, filter)] : readFilters(table, filter),
    );
  }
  if (typeof given !== 'object') throw refusal('Filters are an object or a list');
  return Object.entries(given).map(([column, value]) =>
    // A list says its operator first.
    readFilter(table, Array.isArray(value) ? [column, ...value] : [column, '=', value]),
  );
}

function readFilter(table: Table, given: readonly unknown[]): Filter {
  const parts = given.length >= 4 ? given.slice(1, 4) : given;
  if (given.length >= 4 && given[0] !== table.doctype)
    throw refusal(`Filters on "${String(given[0])}" are not known here, only on "${table.doctype}"`);
  if (parts.length < 2) throw refusal('A filter has a field, an operator and a value');
  const [name, operator, value] = parts.length === 2 ? [parts[0], '=', parts[1]] : parts;
  const column = columnOf(table, name);
  const known = OPERATORS.find((one) => one === String(operator).toLowerCase().trim());
  if (known === undefined) throw refusal(`Operator must be one of ${OPERATORS.join(', ')}`);
  const type = table.columns[column] ?? 'text';
  return { column, operator: known, values: valuesOf(known, type, value) };
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

/** A text is a list, too: `POST,PUT`. */
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : String(value ?? '')
        .split(',')
        .map((one) => one.trim());

const FIRST_OF_DAY = '0001-01-01 00:00:00.000000';
const LAST_OF_DAY = '9999-12-31 23:59:59.999999';

/** A value as its column has it, so that two can be compared. A time that is not whole begins, or ends, its day. */
function cellOf(type: ColumnType, value: unknown, rest = FIRST_OF_DAY): Cell {
  if (typeof value === 'object' && value !== null) throw refusal('A filter compares with a plain value');
  if (type === 'number') return toNumber(value);
  const text = value === null || value === undefined ? '' : String(value);
  if (type === 'text' || text === '') return text;
  const time = text.replace('T', ' ').replace(/Z$/, '');
  return time + rest.slice(time.length);
}

/** As databases do with texts: what is no number is 0. */
function toNumber(value: unknown): number {
  const number = value === true || value === false ? Number(value) : Number.parseFloat(String(value));
  return Number.isNaN(number) ? 0 : number;
}

/** Whether a row fits. A missing value is as good as an empty one. */
export function fits(row: Row, { column, operator, values }: Filter): boolean {
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
      return isLike(String(cell), String(first));
    case 'not like':
      return !isLike(String(cell), String(first));
    case 'is':
      return (cell !== '') === (first === 'set');
    case 'between':
      return cell >= first && cell <= second;
  }
}

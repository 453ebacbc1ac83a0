import type { Table } from './columns.ts';
import { FrappeError } from './errors.ts';

/**
 * Return the column that a name in one of Frappe's spellings means: `enabled`, `` `enabled` ``, `` `tabWebhook`.`enabled` ``.
 *
 * @throws FrappeError if the table has no such column
 */
export function columnOf({ doctype, columns }: Table, name: unknown): string {
  // String() may throw for an object that was JSON, such as `{"toString": 1}`.
  if (typeof name !== 'string') throw new FrappeError('DataError', ['A field name must be a string']);
  const [, of, column = ''] = /^(?:`?tab([^`.]+)`?\.)?`?(\w+)`?$/.exec(name.trim()) ?? [];
  const isHere = of === undefined || of === doctype;
  if (!isHere || !Object.hasOwn(columns, column))
    throw new FrappeError('DataError', [`Field not permitted in query: ${name}`]);
  return column;
}

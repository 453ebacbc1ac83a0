import type { Table } from './columns.ts';
import { FrappeError } from './errors.ts';

/**
 * A column by any of the spellings that Frappe takes: `enabled`, `` `enabled` ``, `` `tabWebhook`.`enabled` ``.
 *
 * @throws FrappeError if the table has no such column
 */
export function columnOf({ doctype, columns }: Table, name: unknown): string {
  // Of an object that came as JSON there may be no text.
  if (typeof name !== 'string') throw new FrappeError('DataError', ['A field is named by a text']);
  const [, of, column = ''] = /^(?:`?tab([^`.]+)`?\.)?`?(\w+)`?$/.exec(name.trim()) ?? [];
  const isHere = of === undefined || of === doctype;
  if (!isHere || !Object.hasOwn(columns, column))
    throw new FrappeError('DataError', [`Field not permitted in query: ${name}`]);
  return column;
}

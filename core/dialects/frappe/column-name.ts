import type { Table } from './columns.ts';
import { FrappeError } from './errors.ts';

/**
 * A column by any of the spellings that Frappe takes: `enabled`, `` `enabled` ``, `` `tabWebhook`.`enabled` ``.
 *
 * @throws FrappeError if the table has no such column
 */
export function columnOf({ doctype, columns }: Table, name: unknown): string {
  const [, of, column = ''] = /^(?:`?tab([^`.]+)`?\.)?`?(\w+)`?$/.exec(String(name).trim()) ?? [];
  const isHere = of === undefined || of === doctype;
  if (!isHere || !Object.hasOwn(columns, column))
    throw new FrappeError('DataError', [`Field not permitted in query: ${String(name)}`]);
  return column;
}

import { globalDateFormat } from './date-utils.ts';
import { listFilters } from './list-filters.ts';
import { pprint } from './pprint.ts';
import { textFilters, xmlAttributes } from './text-filters.ts';
import { urlize } from './urlize.ts';
import { valueFilters } from './value-filters.ts';
import { Arguments, type Operation, plain, type Runtime, type Value } from './values.ts';

export const filters: ReadonlyMap<string, Operation> = new Map([
  ['global_date_format', dateFilter],
  ['pprint', plain((value, { meter }) => pprint(value, meter))],
  ['urlize', urlize],
  ['xmlattr', xmlAttributes],
  ...valueFilters,
  ...textFilters,
  ...listFilters,
]);

/** The filter that Frappe's hooks add. */
function dateFilter(value: Value, args: Arguments, runtime: Runtime): string {
  return globalDateFormat(new Arguments(args.callee, [value, ...args.positional], args.named), runtime);
}

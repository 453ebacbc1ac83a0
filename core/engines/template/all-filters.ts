import { listFilters } from './filters/list-filters.ts';
import { pprint } from './filters/pprint.ts';
import { textFilters, xmlAttributes } from './filters/text-filters.ts';
import { urlize } from './filters/urlize.ts';
import { valueFilters } from './filters/value-filters.ts';
import { globalDateFormat } from './frappe/date-utils.ts';
import { Arguments, type Operation, plain, type Runtime, type Value } from './values/values.ts';

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

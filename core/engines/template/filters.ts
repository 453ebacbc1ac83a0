import { listFilters } from './list-filters.ts';
import { textFilters } from './text-filters.ts';
import { valueFilters } from './value-filters.ts';
import type { Operation } from './values.ts';

export const filters: ReadonlyMap<string, Operation> = new Map([
  ...valueFilters,
  ...textFilters,
  ...listFilters,
]);

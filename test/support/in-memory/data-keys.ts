import { createHash } from 'node:crypto';
import type { DataKey, DataKeys } from '../../../core/ports/data-keys.ts';

/** Return the data key of this number, always the same. */
const dataKeyNumber = (number: number): DataKey => ({
  number,
  key: createHash('sha256').update(`data key ${number}`).digest(),
});

/** @param current the number of the data key that seals, or null if nothing is sealed */
export const inMemoryDataKeys = (current: number | null = null): DataKeys => ({
  current: async () => (current === null ? null : dataKeyNumber(current)),
  get: async (number) => dataKeyNumber(number),
});

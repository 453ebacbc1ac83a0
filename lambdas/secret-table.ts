import { dataKeys as openDataKeys } from '../core/adapters/dynamodb/data-keys.ts';
import { kmsKey } from '../core/adapters/kms/kms-key.ts';
import { writeFormat } from './environment.ts';
import { table as withoutSecrets } from './table.ts';

/** The table's data keys, for the functions that may unwrap them. */
export const dataKeys = openDataKeys({
  table: withoutSecrets,
  wrappingKey: kmsKey(),
  seals: writeFormat() === 2,
});

/** The stack's table with its secrets. */
export const table = { ...withoutSecrets, dataKeys };

import { openTable } from '../core/adapters/dynamodb/table.ts';
import { ENV } from '../core/contract.ts';
import { clock, required } from './environment.ts';

/** The stack's table, for the functions that have grants on it. */
export const table = openTable(required(ENV.tableName), clock);

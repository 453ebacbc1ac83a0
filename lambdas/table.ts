import { openTable } from '../core/adapters/dynamodb/table.ts';
import { ENV } from '../core/contract.ts';
import { clock, required } from './environment.ts';

/** The stack's table without its secrets. */
export const table = openTable(required(ENV.tableName), clock);

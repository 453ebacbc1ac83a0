import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { ENV } from '../../core/contract.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { authorizeHandler } from './handler.ts';

const clock = Date.now;

export const handler = authorizeHandler({
  keys: keyStore(openTable(required(ENV.tableName), clock)),
  clock,
  log: openLog(),
});

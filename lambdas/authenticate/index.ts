import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { clock } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openOriginCheck } from '../origin.ts';
import { table } from '../table.ts';
import { authenticateHandler } from './handler.ts';

const log = openLog();

export const handler = authenticateHandler({
  keys: keyStore(table),
  authorities: authorityStore(table),
  clock,
  log,
  cameThroughCloudFront: openOriginCheck(log),
});

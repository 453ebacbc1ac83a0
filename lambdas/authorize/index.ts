import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { clock } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openOriginCheck } from '../origin.ts';
import { table } from '../table.ts';
import { authorizeHandler } from './handler.ts';

const log = openLog();

export const handler = authorizeHandler({
  keys: keyStore(table),
  projects: projectStore(table),
  clock,
  log,
  cameThroughCloudFront: openOriginCheck(log),
});

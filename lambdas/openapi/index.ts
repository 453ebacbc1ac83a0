import { ENV } from '../../core/contract.ts';
import { optional } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openOriginCheck } from '../origin.ts';
import { openApiHandler } from './handler.ts';

const log = openLog();

export const handler = openApiHandler({
  log,
  publicHost: optional(ENV.publicHost),
  cameThroughCloudFront: openOriginCheck(log),
});

import { openLog } from '../middleware/log.ts';
import { openApiHandler } from './handler.ts';

export const handler = openApiHandler({ log: openLog() });

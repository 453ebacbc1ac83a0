import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { unhealthyRepair } from '../../core/adapters/dynamodb/unhealthy-repair.ts';
import { ENV } from '../../core/contract.ts';
import { clock } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { openDeliveryQueue, openPumpQueue } from '../queues.ts';
import { table } from '../table.ts';
import { sweepHandler } from './handler.ts';

const log = openLog();

export const handler = sweepHandler({
  dueWork: dueWorkStore(table),
  unhealthyRepair: unhealthyRepair(table),
  retriesQueue: openDeliveryQueue(ENV.retriesQueueUrl, log),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  clock,
  log,
  metrics: openMetrics(),
});

import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { clock } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openDeliveryQueue, openQueue } from '../queues.ts';
import { table } from '../table.ts';
import { replayHandler } from './handler.ts';

const log = openLog();
const retriesQueue = openDeliveryQueue(ENV.retriesQueueUrl, log);
const eventsQueue = openQueue(ENV.eventsQueueUrl, log);

export const handler = replayHandler({
  subscriptions: subscriptionStore(table),
  jobs: replayJobStore(table),
  eventsQueue,
  retriesQueue,
  clock,
  events: eventStore(table),
  projects: projectStore(table),
  log,
});

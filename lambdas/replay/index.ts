import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { jobList } from '../../core/adapters/dynamodb/job-list.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { clock, projectLimits, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openDeliveryQueue, openInternalQueue, openPumpQueue } from '../queues.ts';
import { dataKeys } from '../secret-table.ts';
import { table } from '../table.ts';
import { replayHandler } from './handler.ts';

const log = openLog();
const retriesQueue = openDeliveryQueue(ENV.retriesQueueUrl, log);
const internalQueue = openInternalQueue(log);

export const handler = replayHandler({
  subscriptions: subscriptionStore(table),
  jobs: replayJobStore(table),
  jobList: jobList(table),
  flows: flowStore(table),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  internalQueue,
  retriesQueue,
  clock,
  events: eventStore({ ...table, bodies }),
  projects: projectStore(table),
  limits: projectLimits(),
  authorities: authorityStore(table),
  creations: creationStore(table),
  dataKeys,
  stackKey: required(ENV.stackKey),
  log,
});

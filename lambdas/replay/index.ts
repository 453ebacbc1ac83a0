import { SQSClient } from '@aws-sdk/client-sqs';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { replayHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const table = openTable(required(ENV.tableName), clock);
const sqs = new SQSClient({});
const retriesQueue = deliveryQueue(messageQueue(sqs, required(ENV.retriesQueueUrl), log));
const eventsQueue = messageQueue(sqs, required(ENV.eventsQueueUrl), log);

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

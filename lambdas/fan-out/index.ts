import { SQSClient } from '@aws-sdk/client-sqs';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { cached } from '../../core/kernel/cache.ts';
import { checkEvent } from '../../core/publish/validate-event.ts';
import { optional, required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { fanOutHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const sqs = new SQSClient({});
const table = openTable(required(ENV.tableName), clock);

const subscriptions = cached(subscriptionStore(table).get, { maxAgeMs: 10_000, maxEntries: 5000, clock });

export const handler = fanOutHandler({
  projects: { get: cached(projectStore(table).get, { maxAgeMs: 60_000, maxEntries: 1000, clock }) },
  events: eventStore(table),
  checkEvent: checkEvent({ eventTypes: eventTypeStore(table), clock }),
  bindings: bindingStore(table),
  subscriptions: { get: subscriptions, forget: subscriptions.forget },
  clock,
  deliveriesQueue: messageQueue(sqs, required(ENV.deliveriesQueueUrl), log),
  retriesQueue: messageQueue(sqs, required(ENV.retriesQueueUrl), log),
  eventsQueue: messageQueue(sqs, required(ENV.eventsQueueUrl), log),
  deadLetterQueue: messageQueue(sqs, required(ENV.eventsDeadLetterQueueUrl), log),
  log,
  metrics: openMetrics(),
  defaultProject: optional(ENV.defaultProject),
  deliveriesPerStep: 500,
});

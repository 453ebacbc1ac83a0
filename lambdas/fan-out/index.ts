import { SQSClient } from '@aws-sdk/client-sqs';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { ENV } from '../../core/contract.ts';
import { cached } from '../../core/kernel/cache.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { optional, required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { fanOutHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const sqs = new SQSClient({});
const table = openTable(required(ENV.tableName), clock);

const cachedSubscriptions = cached(subscriptionStore(table).get, {
  maxAgeMs: 10_000,
  maxEntries: 5000,
  clock,
});

export const handler = fanOutHandler({
  projects: cached(projectStore(table).get, { maxAgeMs: 60_000, maxEntries: 1000, clock }),
  events: eventStore(table),
  validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
  bindings: bindingStore(table),
  cachedSubscriptions,
  clock,
  deliveriesQueue: deliveryQueue(messageQueue(sqs, required(ENV.deliveriesQueueUrl), log)),
  retriesQueue: deliveryQueue(messageQueue(sqs, required(ENV.retriesQueueUrl), log)),
  eventsQueue: messageQueue(sqs, required(ENV.eventsQueueUrl), log),
  deadLetterQueue: messageQueue(sqs, required(ENV.eventsDeadLetterQueueUrl), log),
  log,
  metrics: openMetrics(),
  defaultProject: optional(ENV.defaultProject),
  deliveriesPerStep: 500,
});

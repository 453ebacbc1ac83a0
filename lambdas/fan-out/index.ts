import { openTracing } from '#tracing';
import { allowanceStore } from '../../core/adapters/dynamodb/allowance-store.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { fanOutPositions } from '../../core/adapters/dynamodb/fan-out-positions.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { LONGEST_DELAY_SECONDS } from '../../core/model/queue-message.ts';
import { PublishingRate } from '../../core/publish/publishing-rate.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { cacheSubscriptions } from '../caches.ts';
import { clock, optional, projectLimits, required, writeFormat } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import {
  openDeliveryQueue,
  openInternalQueueFor,
  openQueue,
  openReceiptsBeside,
  queueName,
} from '../queues.ts';
import { table } from '../table.ts';
import { fanOutHandler } from './handler.ts';

const log = openLog();
const tracing = openTracing(log);
const internalQueue = openInternalQueueFor(log, bodies);

export const handler = fanOutHandler({
  projects: projectStore(table),
  events: eventStore({ ...table, bodies }, writeFormat()),
  bodies,
  writeFormat: writeFormat(),
  positions: fanOutPositions(table),
  rate: new PublishingRate({
    allowances: allowanceStore(table),
    limits: projectLimits(),
    clock,
    inAdvanceMs: LONGEST_DELAY_SECONDS * 1000,
  }),
  validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
  bindings: bindingStore(table),
  cachedSubscriptions: cacheSubscriptions(subscriptionStore(table)),
  openReceipts: openReceiptsBeside(ENV.eventsQueueUrl, log),
  copiesQueue: internalQueue,
  clock,
  random: Math.random,
  deliveriesQueue: openDeliveryQueue(ENV.deliveriesQueueUrl, log),
  retriesQueue: openDeliveryQueue(ENV.retriesQueueUrl, log),
  internalQueue,
  deadLetterQueues: {
    events: openQueue(ENV.eventsDeadLetterQueueUrl, log),
    internal: openQueue(ENV.internalDeadLetterQueueUrl, log),
  },
  internalQueueName: queueName(ENV.internalQueueUrl),
  ownRoleIds: new Set(required(ENV.ownRoleIds).split(',')),
  stackKey: required(ENV.stackKey),
  log,
  tracer: tracing.tracer,
  tracing,
  metrics: openMetrics(),
  defaultProject: optional(ENV.defaultProject),
  deliveriesPerStep: 500,
});

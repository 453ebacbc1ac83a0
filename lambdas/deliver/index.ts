import { openTracing } from '#tracing';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { ENV } from '../../core/contract.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { openAttemptLog } from '../attempt-log.ts';
import { cacheErasures, cacheProjects, cacheSubscriptions } from '../caches.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import {
  openDeliveryQueue,
  openInternalQueue,
  openPumpQueue,
  openQueue,
  openReceiptsBeside,
} from '../queues.ts';
import { table } from '../secret-table.ts';
import { deliverHandler } from './handler.ts';

const log = openLog();
const tracing = openTracing(log);
const subscriptions = subscriptionStore(table);
const erasures = erasureStore(table);
const policy = destinationPolicy();

export const handler = deliverHandler({
  subscriptions,
  cachedSubscriptions: cacheSubscriptions(subscriptions),
  projects: cacheProjects(projectStore(table), 10_000),
  flows: flowStore(table),
  mailbox: mailbox(table),
  evidence: new EvidenceBook(clock),
  events: eventStore({ ...table, bodies }),
  attemptLog: openAttemptLog(log),
  attemptDigests: attemptDigests(table),
  bindings: bindingStore(table),
  erasures: { ...erasures, latest: cacheErasures(erasures) },
  parked: parkedDeliveries(table),
  dueWork: dueWorkStore(table),
  jobs: replayJobStore(table),
  trafficStore: trafficStore(table),
  internalQueue: openInternalQueue(log),
  retriesQueue: openDeliveryQueue(ENV.retriesQueueUrl, log),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  senders: guardedSenders(policy),
  stackKey: required(ENV.stackKey),
  openReceipts: openReceiptsBeside(ENV.retriesQueueUrl, log),
  copiesQueue: openQueue(ENV.retriesQueueUrl, log),
  clock,
  random: Math.random,
  log,
  tracer: tracing.tracer,
  tracing,
  metrics: openMetrics(),
});

import { openTracing } from '#tracing';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { ENV } from '../../core/contract.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { openAttemptLog } from '../attempt-log.ts';
import { cacheProjects, cacheSubscriptions } from '../caches.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { openInternalQueue, openPumpQueue, openQueue, openReceiptsBeside } from '../queues.ts';
import { table } from '../secret-table.ts';
import { pumpHandler } from './handler.ts';

const log = openLog();
const tracing = openTracing(log);
const subscriptions = subscriptionStore(table);

export const handler = pumpHandler({
  subscriptions,
  cachedSubscriptions: cacheSubscriptions(subscriptions),
  projects: cacheProjects(projectStore(table), 10_000),
  flows: flowStore(table),
  mailbox: mailbox(table),
  jobs: replayJobStore(table),
  evidence: new EvidenceBook(clock),
  events: eventStore({ ...table, bodies }),
  attemptLog: openAttemptLog(log),
  attemptDigests: attemptDigests(table),
  trafficStore: trafficStore(table),
  internalQueue: openInternalQueue(log),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  senders: guardedSenders(destinationPolicy()),
  stackKey: required(ENV.stackKey),
  openReceipts: openReceiptsBeside(ENV.pumpsQueueUrl, log),
  copiesQueue: openQueue(ENV.pumpsQueueUrl, log),
  clock,
  random: Math.random,
  log,
  tracer: tracing.tracer,
  tracing,
  metrics: openMetrics('deliver'),
});

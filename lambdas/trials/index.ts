import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { leaseStore } from '../../core/adapters/dynamodb/lease-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { ENV } from '../../core/contract.ts';
import { openAttemptLog } from '../attempt-log.ts';
import { clock, destinationPolicy, projectLimits } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openPumpQueue } from '../queues.ts';
import { table } from '../secret-table.ts';
import { trialsHandler } from './handler.ts';

const log = openLog();
const policy = destinationPolicy();

export const handler = trialsHandler({
  projects: projectStore(table),
  authorities: authorityStore(table),
  subscriptions: subscriptionStore(table),
  events: eventStore({ ...table, bodies }),
  eventTypes: eventTypeStore(table),
  attemptLog: openAttemptLog(log),
  attemptDigests: attemptDigests(table),
  flows: flowStore(table),
  leases: leaseStore(table),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  limits: projectLimits(),
  clock,
  policy,
  senders: guardedSenders(policy),
  log,
});

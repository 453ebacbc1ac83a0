import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openPumpQueue } from '../queues.ts';
import { dataKeys, table } from '../secret-table.ts';
import { subscriptionsHandler } from './handler.ts';

const log = openLog();
const policy = destinationPolicy();

export const handler = subscriptionsHandler({
  projects: projectStore(table),
  authorities: authorityStore(table),
  subscriptions: subscriptionStore(table),
  flows: flowStore(table),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  attemptLog: attemptLog(table),
  mailbox: mailbox(table),
  events: eventStore({ ...table, bodies }),
  eventTypes: eventTypeStore(table),
  creations: creationStore(table),
  policy,
  stackKey: required(ENV.stackKey),
  dataKeys,
  maxSubscriptionsPerProject: Number(required(ENV.maxSubscriptionsPerProject)),
  clock,
  log,
});

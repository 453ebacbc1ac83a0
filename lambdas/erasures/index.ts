import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { clock, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openDeliveryQueue } from '../queues.ts';
import { table } from '../secret-table.ts';
import { erasuresHandler } from './handler.ts';

const log = openLog();

export const handler = erasuresHandler({
  events: eventStore({ ...table, bodies }),
  attemptLog: attemptLog(table),
  subscriptions: subscriptionStore(table),
  bindings: bindingStore(table),
  mailbox: mailbox(table),
  erasures: erasureStore(table),
  retriesQueue: openDeliveryQueue(ENV.retriesQueueUrl, log),
  projects: projectStore(table),
  authorities: authorityStore(table),
  // The function's own limit is ten seconds.
  timeLimit: 6000,
  stackKey: required(ENV.stackKey),
  clock,
  log,
});

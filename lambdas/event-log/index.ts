import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { unhealthyIndex } from '../../core/adapters/dynamodb/unhealthy-index.ts';
import { ENV } from '../../core/contract.ts';
import { clock, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { table } from '../secret-table.ts';
import { eventLogHandler } from './handler.ts';

export const handler = eventLogHandler({
  events: eventStore({ ...table, bodies }),
  attemptLog: attemptLog(table),
  subscriptions: subscriptionStore(table),
  bindings: bindingStore(table),
  mailbox: mailbox(table),
  attemptDigests: attemptDigests(table),
  trafficStore: trafficStore(table),
  unhealthy: unhealthyIndex(table),
  flows: flowStore(table),
  projects: projectStore(table),
  authorities: authorityStore(table),
  clock,
  stackKey: required(ENV.stackKey),
  log: openLog(),
});

import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import { ENV } from '../../core/contract.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openPumpQueue } from '../queues.ts';
import { table } from '../secret-table.ts';
import { frappeHandler } from './handler.ts';

const log = openLog();
const policy = destinationPolicy();

export const handler = frappeHandler({
  projects: projectStore(table),
  authorities: authorityStore(table),
  subscriptions: subscriptionStore(table),
  flows: flowStore(table),
  pumpsQueue: openPumpQueue(ENV.pumpsQueueUrl, log),
  attemptLog: attemptLog(table),
  events: eventStore({ ...table, bodies }),
  eventTypes: eventTypeStore(table),
  newSubscriptionSchema: newSubscriptionSchema(policy),
  policy,
  maxSubscriptionsPerProject: Number(required(ENV.maxSubscriptionsPerProject)),
  clock,
  log,
});

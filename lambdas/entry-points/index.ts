import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import { ENV } from '../../core/contract.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { table } from '../secret-table.ts';
import { entryPointsHandler } from './handler.ts';

const policy = destinationPolicy();

export const handler = entryPointsHandler({
  projects: projectStore(table),
  authorities: authorityStore(table),
  subscriptions: subscriptionStore(table),
  events: eventStore({ ...table, bodies }),
  eventTypes: eventTypeStore(table),
  newSubscriptionSchema: newSubscriptionSchema(policy),
  maxSubscriptionsPerProject: Number(required(ENV.maxSubscriptionsPerProject)),
  clock,
  log: openLog(),
});

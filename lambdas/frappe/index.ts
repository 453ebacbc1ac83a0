import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import { clock, destinationPolicy } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { table } from '../table.ts';
import { frappeHandler } from './handler.ts';

const policy = destinationPolicy();

export const handler = frappeHandler({
  projects: projectStore(table),
  subscriptions: subscriptionStore(table),
  breakers: breakerStore(table),
  attemptLog: attemptLog(table),
  events: eventStore(table),
  newSubscriptionSchema: newSubscriptionSchema(policy),
  policy,
  clock,
  log: openLog(),
});

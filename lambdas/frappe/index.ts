import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import { type DestinationPolicy, ENV } from '../../core/contract.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { frappeHandler } from './handler.ts';

const clock = Date.now;
const table = openTable(required(ENV.tableName), clock);
const policy: DestinationPolicy = JSON.parse(required(ENV.destinationPolicy));

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

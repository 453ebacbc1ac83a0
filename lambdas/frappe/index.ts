import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { newSubscriptionSchema } from '../../core/api-schemas/subscription.ts';
import { type DestinationPolicy, ENV } from '../../core/contract.ts';
import { validate } from '../../core/kernel/validate.ts';
import { manageSubscriptions } from '../../core/manage/subscriptions.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { frappeHandler } from './handler.ts';

const clock = Date.now;
const table = openTable(required(ENV.tableName), clock);
const projects = projectStore(table);
const store = subscriptionStore(table);
const policy: DestinationPolicy = JSON.parse(required(ENV.destinationPolicy));
const newSubscription = newSubscriptionSchema(policy);

export const handler = frappeHandler({
  projects,
  store,
  subscriptions: manageSubscriptions({
    projects,
    subscriptions: store,
    breakers: breakerStore(table),
    policy,
    clock,
  }),
  attempts: attemptLog(table),
  events: eventStore(table),
  checkSubscription: (given) => validate(newSubscription, given),
  log: openLog(),
});

import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { type DestinationPolicy, ENV } from '../../core/contract.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { trialsHandler } from './handler.ts';

const clock = Date.now;
const log = openLog();
const table = openTable(required(ENV.tableName), clock);
const policy: DestinationPolicy = JSON.parse(required(ENV.destinationPolicy));

export const handler = trialsHandler({
  projects: projectStore(table),
  subscriptions: subscriptionStore(table),
  events: eventStore(table),
  eventTypes: eventTypeStore(table),
  attemptLog: attemptLog(table),
  breakers: breakerStore(table),
  clock,
  policy,
  senders: guardedSenders(policy),
  log,
});

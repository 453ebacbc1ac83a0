import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { type DestinationPolicy, ENV } from '../../core/contract.ts';
import { manageSubscriptions } from '../../core/manage/subscriptions.ts';
import { required } from '../environment.ts';
import { creations } from '../middleware/creation.ts';
import { openLog } from '../middleware/log.ts';
import { lists } from '../middleware/paging.ts';
import { subscriptionsHandler } from './handler.ts';

const clock = Date.now;
const stackKey = required(ENV.stackKey);
const policy: DestinationPolicy = JSON.parse(required(ENV.destinationPolicy));
const table = openTable(required(ENV.tableName), clock);
const subscriptions = subscriptionStore(table);
const parked = parkedDeliveries(table);
const projects = projectStore(table);
const attempts = attemptLog(table);
const log = openLog();

export const handler = subscriptionsHandler({
  manage: manageSubscriptions({
    projects,
    subscriptions,
    breakers: breakerStore(table),
    policy,
    clock,
  }),
  subscriptions,
  attempts,
  parked,
  projects,
  policy,
  answerList: lists(stackKey),
  answerCreation: creations({ creations: creationStore(table), stackKey, clock, log }),
  log,
});

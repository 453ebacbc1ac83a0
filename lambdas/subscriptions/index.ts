import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { clock, destinationPolicy, required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { table } from '../table.ts';
import { subscriptionsHandler } from './handler.ts';

const policy = destinationPolicy();

export const handler = subscriptionsHandler({
  projects: projectStore(table),
  subscriptions: subscriptionStore(table),
  breakers: breakerStore(table),
  attemptLog: attemptLog(table),
  parked: parkedDeliveries(table),
  creations: creationStore(table),
  policy,
  stackKey: required(ENV.stackKey),
  clock,
  log: openLog(),
});

import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { ENV } from '../../core/contract.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { clock, required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { dataKeys, table } from '../secret-table.ts';
import { projectsHandler } from './handler.ts';

export const handler = projectsHandler({
  projects: projectStore(table),
  keys: keyStore(table),
  subscriptions: subscriptionStore(table),
  eventTypes: eventTypeStore(table),
  creations: creationStore(table),
  catalogue: initialCatalogue,
  retentionDays: Number(required(ENV.retentionDays)),
  // The function's own limit is ten seconds.
  timeLimit: 6000,
  stackKey: required(ENV.stackKey),
  dataKeys,
  clock,
  log: openLog(),
});

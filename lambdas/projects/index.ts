import { allowanceStore } from '../../core/adapters/dynamodb/allowance-store.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { exchangeCounts } from '../../core/adapters/dynamodb/exchange-counts.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { usageStore } from '../../core/adapters/dynamodb/usage-store.ts';
import { ENV } from '../../core/contract.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { clock, projectLimits, required, writeFormat } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { dataKeys, table } from '../secret-table.ts';
import { projectsHandler } from './handler.ts';

const limits = projectLimits();

export const handler = projectsHandler({
  projects: projectStore(table),
  authorities: authorityStore(table),
  keys: keyStore(table),
  subscriptions: subscriptionStore(table),
  eventTypes: eventTypeStore(table),
  creations: creationStore(table),
  allowances: allowanceStore(table),
  usage: usageStore(table, limits.tests),
  exchangeCounts: exchangeCounts(table),
  limits,
  maxSubscriptionsPerProject: Number(required(ENV.maxSubscriptionsPerProject)),
  catalogue: initialCatalogue,
  retentionDays: Number(required(ENV.retentionDays)),
  writeFormat: writeFormat(),
  // The function's own limit is ten seconds.
  timeLimit: 6000,
  stackKey: required(ENV.stackKey),
  dataKeys,
  clock,
  log: openLog(),
});

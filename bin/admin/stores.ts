import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { dueSurvey } from '../../core/adapters/dynamodb/due-survey.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import type { Deployment } from './deployment.ts';

export function openStores({ tableName, writeFormat, dynamodb }: Deployment) {
  const clock = Date.now;
  const table = openTable(tableName, clock, dynamodb());
  return {
    projects: projectStore(table),
    keys: keyStore(table),
    subscriptions: subscriptionStore(table),
    flows: flowStore(table),
    mailbox: mailbox(table),
    due: dueSurvey(table),
    eventTypes: eventTypeStore(table),
    authorities: authorityStore(table),
    writeFormat,
    clock,
  };
}

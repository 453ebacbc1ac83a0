import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { dataKeys as openDataKeys } from '../../core/adapters/dynamodb/data-keys.ts';
import { dueSurvey } from '../../core/adapters/dynamodb/due-survey.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { kmsKey } from '../../core/adapters/kms/kms-key.ts';
import type { Deployment } from './deployment.ts';

/** Open the table with its secrets. The first use of a new stack's creates its data key. */
export function openSecretTable({ tableName, dynamodb, kms, encryptionKeyArn, writeFormat }: Deployment) {
  const withoutSecrets = openTable(tableName, Date.now, dynamodb());
  const seals = encryptionKeyArn !== undefined && writeFormat === 2;
  const wrappingKey = kmsKey(encryptionKeyArn, kms);
  const dataKeys = openDataKeys({ table: withoutSecrets, wrappingKey, seals, creates: true });
  return { table: { ...withoutSecrets, dataKeys }, dataKeys, seals };
}

export function openStores(deployment: Deployment) {
  const clock = Date.now;
  const { table } = openSecretTable(deployment);
  return {
    projects: projectStore(table),
    keys: keyStore(table),
    subscriptions: subscriptionStore(table),
    flows: flowStore(table),
    mailbox: mailbox(table),
    due: dueSurvey(table),
    eventTypes: eventTypeStore(table),
    authorities: authorityStore(table),
    writeFormat: deployment.writeFormat,
    clock,
  };
}

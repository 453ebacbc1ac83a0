import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { dataKeys } from '../../core/adapters/dynamodb/data-keys.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { kmsKey } from '../../core/adapters/kms/kms-key.ts';
import type { Outputs } from '../outputs.ts';
import { clientSettings } from '../settings.ts';

export type Stores = ReturnType<typeof openStores>;

/** Open the repositories of a running stack, as its functions do. `close` must follow. */
export function openStores(outputs: Outputs) {
  const client = new DynamoDBClient(clientSettings(outputs.awsEndpointUrlDynamodb, outputs));
  const kms = new KMSClient(clientSettings(outputs.awsEndpointUrlKms, outputs));
  const unsealed = openTable(outputs.tableName, Date.now, client);
  const wrappingKey = kmsKey(outputs.encryptionKeyArn, () => kms);
  const table = { ...unsealed, dataKeys: dataKeys({ table: unsealed, wrappingKey, seals: true }) };
  return {
    projects: projectStore(table),
    eventTypes: eventTypeStore(table),
    subscriptions: subscriptionStore(table),
    events: eventStore(table, WRITE_FORMAT),
    attemptLog: attemptLog(table),
    attemptDigests: attemptDigests(table),
    flows: flowStore(table),
    mailbox: mailbox(table),
    trafficStore: trafficStore(table),
    close() {
      client.destroy();
      kms.destroy();
    },
  };
}

/** What the local stack writes, see `local/synthesize.ts`. */
export const WRITE_FORMAT = 2;

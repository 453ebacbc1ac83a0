import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { authorityStore } from '../core/adapters/dynamodb/authority-store.ts';
import { dataKeys as openDataKeys } from '../core/adapters/dynamodb/data-keys.ts';
import { keyStore } from '../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../core/adapters/dynamodb/table.ts';
import { kmsKey } from '../core/adapters/kms/kms-key.ts';
import { newProjectSchema } from '../core/api-schemas/project.ts';
import { initialCatalogue } from '../core/dialects/index.ts';
import { createProject } from '../core/manage/create-project.ts';
import { createKey } from '../core/manage/keys.ts';
import { hashBearer } from '../core/model/api-key.ts';
import type { Credentials } from './access/access-keys.ts';
import { clientSettings } from './settings.ts';

export interface SeedOptions {
  /** Endpoint of the DynamoDB engine. */
  readonly endpoint: string;
  readonly tableName: string;
  readonly kmsEndpoint: string;
  readonly encryptionKeyArn: string;
  /** The developer's. */
  readonly credentials: Credentials;
  /** The key of an earlier run, which is kept if it still works. */
  readonly previousAdminKey: string | undefined;
}

const PROJECT = 'demo';

/** Create the table's data key, the demo project and an admin key for it, unless they exist. */
export async function seedDemoProject(options: SeedOptions): Promise<{ project: string; adminKey: string }> {
  const { endpoint, tableName, previousAdminKey, kmsEndpoint, encryptionKeyArn, credentials } = options;
  const client = new DynamoDBClient(clientSettings(endpoint));
  const kms = new KMSClient(clientSettings(kmsEndpoint, credentials));
  try {
    const clock = Date.now;
    const withoutSecrets = openTable(tableName, clock, client);
    const wrappingKey = kmsKey(encryptionKeyArn, () => kms);
    const dataKeys = openDataKeys({ table: withoutSecrets, wrappingKey, seals: true, creates: true });
    await dataKeys.current();
    const table = { ...withoutSecrets, dataKeys };
    const projects = projectStore(table);
    const keys = keyStore(table);
    if ((await projects.get(PROJECT)) === null) {
      const demo = newProjectSchema.parse({ id: PROJECT, name: 'Demo' });
      await createProject(
        { projects, catalogue: initialCatalogue, retentionDays: 30, writeFormat: 2, clock },
        demo,
      );
    }
    if (
      previousAdminKey !== undefined &&
      (await keys.findByHash(hashBearer(previousAdminKey), clock())) !== null
    ) {
      return { project: PROJECT, adminKey: previousAdminKey };
    }
    const { secret } = await createKey(
      { projects, keys, authorities: authorityStore(table), clock },
      PROJECT,
      'local admin',
      ['admin'],
    );
    return { project: PROJECT, adminKey: secret };
  } finally {
    client.destroy();
    kms.destroy();
  }
}

import type { Credentials } from './access/access-keys.ts';
import { seedDemoProject } from './demo-project.ts';
import type { QueueEngine } from './engines/fauxqs.ts';
import { ensureQueues } from './engines/queues.ts';
import { ensureTable } from './engines/table.ts';
import { LocalStackError } from './errors.ts';
import type { GuardedOrigin } from './origin.ts';
import type { Outputs } from './outputs.ts';
import { referentsOf } from './referents.ts';
import { resolve } from './resolve.ts';
import { physicalName } from './resource-names.ts';
import { REGION } from './settings.ts';
import { resourcesOf, type Template } from './template.ts';

export interface StackEndpoints {
  readonly http: string;
  readonly sqs: string;
  readonly dynamodb: string;
  readonly kms: string;
  readonly s3: string;
  /** Undefined if the stack has no secret. */
  readonly secrets?: string | undefined;
}

interface ProvisionOptions {
  readonly template: Template;
  readonly queues: QueueEngine;
  readonly endpoints: StackEndpoints;
  /** Endpoint of the table's engine itself, behind the gate. */
  readonly tableEngine: string;
  readonly origin: GuardedOrigin | undefined;
  readonly credentials: Credentials;
  readonly stackUuid: string;
  /** Advice for the user if the table belongs to another version. */
  readonly remedy: string;
  readonly previousAdminKey: string | undefined;
}

/** Create the table, the queues and the demo project if they do not exist. */
export async function provision(
  options: ProvisionOptions,
): Promise<{ outputs: Outputs; queueUrls: Record<string, string> }> {
  const { template, queues, endpoints, tableEngine, credentials, remedy, previousAdminKey, origin } = options;
  const referents = referentsOf(template, options);
  const [table, ...others] = resourcesOf(template, 'AWS::DynamoDB::Table');
  if (table === undefined || others.length > 0)
    throw new LocalStackError('The template must contain exactly one table');
  const tableName = physicalName(template, table[0]);
  await ensureTable(tableEngine, tableName, table[1], remedy);
  const encryptionKeyArn = String(resolve(template.outputs.EncryptionKeyArn, referents));
  const queueUrls = await ensureQueues(queues, template, referents);
  const seeded = await seedDemoProject({
    ...{ endpoint: tableEngine, tableName, previousAdminKey, credentials },
    ...{ kmsEndpoint: endpoints.kms, encryptionKeyArn },
  });
  return {
    queueUrls,
    outputs: {
      apiUrl: endpoints.http,
      consoleUrl: `${endpoints.http}/`,
      project: seeded.project,
      adminKey: seeded.adminKey,
      eventsQueueUrl: String(resolve(template.outputs.EventsQueueUrl, referents)),
      awsEndpointUrlSqs: endpoints.sqs,
      awsEndpointUrlDynamodb: endpoints.dynamodb,
      awsEndpointUrlKms: endpoints.kms,
      tableName,
      encryptionKeyArn,
      ...(origin && {
        gatewayUrl: origin.gateway.url,
        originSecretArn: String(resolve(template.outputs.OriginSecretArn, referents)),
        distributionId: String(resolve(template.outputs.DistributionId, referents)),
        awsEndpointUrlSecretsManager: origin.secrets.endpoint,
        awsEndpointUrlCloudfront: origin.distribution.endpoint,
      }),
      region: REGION,
      ...credentials,
    },
  };
}

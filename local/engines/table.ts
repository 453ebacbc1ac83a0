import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { LocalStackError, messageOf } from '../errors.ts';
import { clientSettings } from '../settings.ts';
import type { Resource } from '../template.ts';

type TableProperties = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'
> & { readonly TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean } };

const READY_WITHIN_SECONDS = 20;

/**
 * Create the template's table if it does not exist.
 *
 * @param remedy advice for the user if the table belongs to another version
 * @throws LocalStackError if DynamoDB is unreachable or has the table of another version
 */
export async function ensureTable(
  endpoint: string,
  name: string,
  resource: Resource,
  remedy: string,
): Promise<void> {
  const client = new DynamoDBClient(clientSettings(endpoint));
  try {
    const properties = (resource.Properties ?? {}) as TableProperties;
    const existing = await describe(client, name, endpoint);
    if (existing === undefined) await create(client, name, properties);
    else refuseOtherShape(existing, properties, remedy);
    await ensureTimeToLive(client, name, properties);
  } finally {
    client.destroy();
  }
}

async function describe(
  client: DynamoDBClient,
  name: string,
  endpoint: string,
): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    // The SDK's second line is advice for programmers.
    const [reason] = messageOf(error).split('\n');
    throw new LocalStackError(`The DynamoDB at ${endpoint} does not respond: ${reason}`, { cause: error });
  }
}

async function create(client: DynamoDBClient, name: string, properties: TableProperties): Promise<void> {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      GlobalSecondaryIndexes,
      LocalSecondaryIndexes,
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: READY_WITHIN_SECONDS, minDelay: 1, maxDelay: 1 },
    { TableName: name },
  );
}

function refuseOtherShape(existing: TableDescription, wanted: TableProperties, remedy: string): void {
  const present = Object.values(shapesOf(existing));
  const [missing] = Object.entries(shapesOf(wanted)).find(([, shape]) => !present.includes(shape)) ?? [];
  if (missing === undefined) return;
  throw new LocalStackError(
    `The table was created by another version of Ancrage and lacks ${missing} of this version: ${remedy}`,
  );
}

/** Return the definitions of the table's key and indexes, keyed by their names for messages. */
function shapesOf(table: TableProperties | TableDescription): Record<string, string> {
  const keys = (schema: TableProperties['KeySchema']) => (schema ?? []).map((key) => key.AttributeName);
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    'the key': JSON.stringify(keys(table.KeySchema)),
    ...Object.fromEntries(
      indexes.map(({ IndexName, KeySchema, Projection }) => [
        `the index ${IndexName}`,
        JSON.stringify([
          IndexName,
          keys(KeySchema),
          Projection?.ProjectionType,
          [...(Projection?.NonKeyAttributes ?? [])].sort(),
        ]),
      ]),
    ),
  };
}

async function ensureTimeToLive(
  client: DynamoDBClient,
  name: string,
  { TimeToLiveSpecification: wanted }: TableProperties,
): Promise<void> {
  if (wanted?.Enabled !== true) return;
  const { TimeToLiveDescription: set } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: name }),
  );
  // DynamoDB rejects a request that changes nothing.
  if (set?.TimeToLiveStatus === 'ENABLED' || set?.TimeToLiveStatus === 'ENABLING') return;
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: wanted }));
}

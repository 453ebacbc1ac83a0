import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CREDENTIALS, REGION } from '../../local/settings.ts';

/** Bytes that DynamoDB bills for being kept. */
export interface Stored {
  readonly table: number;
  readonly indexes: number;
}

/** What DynamoDB adds to each item, of the table and of an index alike. */
const ITEM_OVERHEAD = 100;
/** Half a unit is what reading 4 KB takes that need not be the latest. */
const BYTES_PER_UNIT = 2 * 4096;

/** What a table holds, to within a few KB: by the units that reading all of it takes. */
export async function storedIn(endpoint: string, TableName: string): Promise<Stored> {
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: { ...CREDENTIALS } });
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const sizes = await Promise.all(
      (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => scanned(client, TableName, IndexName)),
    );
    return {
      table: await scanned(client, TableName, undefined),
      indexes: sizes.reduce((sum, size) => sum + size, 0),
    };
  } finally {
    client.destroy();
  }
}

async function scanned(client: DynamoDBClient, TableName: string, IndexName: string | undefined) {
  let bytes = 0;
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        IndexName,
        ExclusiveStartKey,
        Select: 'COUNT',
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    bytes += (page.ConsumedCapacity?.CapacityUnits ?? 0) * BYTES_PER_UNIT + (page.Count ?? 0) * ITEM_OVERHEAD;
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  return bytes;
}

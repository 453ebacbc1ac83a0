import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../local/settings.ts';

/** Bytes for which DynamoDB bills storage. */
export interface Stored {
  readonly table: number;
  readonly indexes: number;
}

/** Bytes that DynamoDB adds to each item of the table and of an index. */
const ITEM_OVERHEAD = 100;
/** An eventually consistent read of 4 KB consumes half a unit. */
const BYTES_PER_UNIT = 2 * 4096;

/** Measure the size of a table to within a few KB, by the read units that a full scan consumes. */
export async function storedIn(endpoint: string, TableName: string): Promise<Stored> {
  const client = new DynamoDBClient(clientSettings(endpoint));
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

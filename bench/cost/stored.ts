import {
  type AttributeValue,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../local/settings.ts';

/** Bytes for which DynamoDB bills storage. */
export interface Stored {
  readonly table: number;
  readonly indexes: number;
}

/** Bytes that DynamoDB adds to each item of the table and of an index. */
const ITEM_OVERHEAD = 100;

/** Measure the size of a table: the names and values of all items. */
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
  for await (const { Items = [] } of paginateScan({ client }, { TableName, IndexName }))
    for (const item of Items) bytes += bytesOf({ M: item } as AttributeValue) + ITEM_OVERHEAD;
  return bytes;
}

/**
 * Return the size of a value as DynamoDB counts it, numbers by two digits a byte:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
function bytesOf({ S, N, B, L, M, SS }: AttributeValue): number {
  const sum = (values: readonly AttributeValue[]) => values.reduce((all, value) => all + bytesOf(value), 0);
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return B.length;
  if (SS !== undefined) return SS.reduce((all, text) => all + Buffer.byteLength(text), 0);
  if (L !== undefined) return 3 + L.length + sum(L);
  if (M === undefined) return 1;
  return Buffer.byteLength(Object.keys(M).join('')) + sum(Object.values(M));
}

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { ATTRIBUTE } from '../../core/contract.ts';
import type { Stack } from './stack.ts';

/**
 * Return all items of the table by key, once the queues are idle. Flow items are not among them: a pump becomes idle two minutes
 * after its mailbox is empty.
 */
export async function stored(stack: Stack): Promise<Record<string, Item>> {
  await stack.idle('events', 'internal', 'deliveries');
  return Object.fromEntries(Object.entries(await scanned(stack)).filter(([key]) => !key.endsWith(' FLOW')));
}

/** Return all items of the table by their keys. */
export async function scanned({ table }: Pick<Stack, 'table'>): Promise<Record<string, Item>> {
  const { client, tableName: TableName } = table;
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ExclusiveStartKey: from, ConsistentRead: true }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  const { partitionKey, sortKey } = ATTRIBUTE;
  return Object.fromEntries(items.map((item) => [`${item[partitionKey]} ${item[sortKey]}`, item]));
}

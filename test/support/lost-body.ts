import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';

/** Have the item of an event refer to a large body that is not there, as after an erasure and a restore of the table. */
export async function loseBody(
  { client, tableName: TableName }: DataTable,
  project: string,
  id: string,
): Promise<void> {
  const update = new UpdateCommand({
    ...{ TableName, Key: KEY.event(project, id) },
    UpdateExpression: 'SET claimCheck = :gone',
    ConditionExpression: 'attribute_exists(claimCheck)',
    ExpressionAttributeValues: { ':gone': 'events/30/gone' },
  });
  await client.send(update);
}

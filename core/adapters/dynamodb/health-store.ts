import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Health } from '../../domain/health.ts';
import type { HealthStore } from '../../ports.ts';
import { KEY } from './keys.ts';
import type { DataTable, Item } from './table.ts';

/** Attributes of a subscription's item that only failures, and what ends them, write. */
export const HEALTH = {
  failures: 'failures',
  firstFailureAt: 'firstFailureAt',
  lastSuccessAt: 'lastSuccessAt',
} as const;

export function toHealth({ failures = 0, firstFailureAt = null, lastSuccessAt = null }: Item): Health {
  return {
    state: Number(failures) > 0 ? 'failing' : 'healthy',
    consecutiveFailures: Number(failures),
    firstFailureAt: firstFailureAt as string | null,
    lastSuccessAt: lastSuccessAt as string | null,
  };
}

export function healthStore({ client, tableName }: DataTable): HealthStore {
  const update = async (
    project: string,
    id: string,
    input: Partial<UpdateCommandInput>,
  ): Promise<Item | null> => {
    const common = {
      TableName: tableName,
      Key: KEY.subscription(project, id),
      ReturnValues: 'ALL_NEW',
    } as const;
    try {
      return (await client.send(new UpdateCommand({ ...common, ...input }))).Attributes ?? null;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  };
  // Without it, an update would bring a deleted subscription back as a stump.
  const exists = 'attribute_exists(#pk)';
  const ExpressionAttributeNames = { '#pk': ATTRIBUTE.partitionKey };

  return {
    async recordFailures(project, id, count, at) {
      const { failures, firstFailureAt, lastSuccessAt } = HEALTH;
      const item = await update(project, id, {
        UpdateExpression: `ADD ${failures} :count SET ${firstFailureAt} = if_not_exists(${firstFailureAt}, :at)`,
        ConditionExpression: `${exists} AND (attribute_not_exists(${lastSuccessAt}) OR ${lastSuccessAt} < :at)`,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':count': count, ':at': at },
      });
      return item && (item[firstFailureAt] as string);
    },
    async recordSuccess(project, id, at) {
      const { failures, firstFailureAt, lastSuccessAt } = HEALTH;
      await update(project, id, {
        UpdateExpression: `REMOVE ${failures}, ${firstFailureAt} SET ${lastSuccessAt} = :at`,
        ConditionExpression: exists,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':at': at },
      });
    },
  };
}

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
    expression: string,
    values: Item,
  ): Promise<Item | null> => {
    const input: UpdateCommandInput = {
      TableName: tableName,
      Key: KEY.subscription(project, id),
      UpdateExpression: expression,
      // Without it, an update would bring a deleted subscription back as a stump.
      ConditionExpression: 'attribute_exists(#pk)',
      ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    };
    try {
      return (await client.send(new UpdateCommand(input))).Attributes ?? null;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  };

  return {
    async recordFailures(project, id, count, at) {
      const { failures, firstFailureAt } = HEALTH;
      const expression = `ADD ${failures} :count SET ${firstFailureAt} = if_not_exists(${firstFailureAt}, :at)`;
      const item = await update(project, id, expression, { ':count': count, ':at': at });
      return item && (item[firstFailureAt] as string);
    },
    async recordSuccess(project, id, at) {
      const { failures, firstFailureAt, lastSuccessAt } = HEALTH;
      await update(project, id, `REMOVE ${failures}, ${firstFailureAt} SET ${lastSuccessAt} = :at`, {
        ':at': at,
      });
    },
  };
}

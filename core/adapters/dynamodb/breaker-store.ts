import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { BreakerStore } from '../../ports/breaker-store.ts';
import { dueItem, replaceClaimed } from './due-work.ts';
import { KEY } from './keys.ts';
import type { DataTable } from './table.ts';
import { ifConditionHolds } from './write.ts';

export function breakerStore(table: DataTable): BreakerStore {
  return {
    async save(claim, breaker, dueAt) {
      const item = dueItem(KEY.breaker(breaker.subscriptionId), { kind: 'breaker', breaker }, dueAt);
      return (await replaceClaimed(table, claim, item)) ? { key: claim.key, lease: dueAt } : null;
    },
    async makeDueNow(subscriptionId, now) {
      const update = new UpdateCommand({
        TableName: table.tableName,
        Key: KEY.breaker(subscriptionId),
        UpdateExpression: 'SET #dueAt = :now, failedProbes = :none',
        ConditionExpression: 'attribute_exists(#pk)',
        ExpressionAttributeNames: { '#dueAt': ATTRIBUTE.dueSortKey, '#pk': ATTRIBUTE.partitionKey },
        ExpressionAttributeValues: { ':now': now, ':none': 0 },
      });
      await ifConditionHolds(table.client.send(update));
    },
    async ensure(breaker, dueAt, latest) {
      const put = new PutCommand({
        TableName: table.tableName,
        Item: dueItem(KEY.breaker(breaker.subscriptionId), { kind: 'breaker', breaker }, dueAt),
        ConditionExpression: 'attribute_not_exists(#pk) OR #dueAt > :latest',
        ExpressionAttributeNames: { '#dueAt': ATTRIBUTE.dueSortKey, '#pk': ATTRIBUTE.partitionKey },
        ExpressionAttributeValues: { ':latest': latest },
      });
      await ifConditionHolds(table.client.send(put));
    },
  };
}

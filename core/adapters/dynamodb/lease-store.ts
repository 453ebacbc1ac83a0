import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { LeaseStore } from '../../ports/lease-store.ts';
import { KEY } from './keys.ts';
import { type DataTable, toTimeToLive } from './table.ts';
import { ifConditionHolds } from './write.ts';

/** Create the store of leases. Taking and releasing one cost a write unit each. */
export function leaseStore({ client, tableName: TableName, clock }: DataTable): LeaseStore {
  return {
    async take({ name, holder, endsAt }) {
      const update = new UpdateCommand({
        TableName,
        Key: KEY.lease(name),
        UpdateExpression: 'SET holder = :holder, leaseEnds = :endsAt, #ttl = :expiresAt',
        ConditionExpression: 'attribute_not_exists(leaseEnds) OR leaseEnds <= :now OR holder = :holder',
        ExpressionAttributeNames: { '#ttl': ATTRIBUTE.timeToLive },
        ExpressionAttributeValues: {
          ':holder': holder,
          ':endsAt': endsAt,
          ':expiresAt': toTimeToLive(endsAt) + 1,
          ':now': clock(),
        },
      });
      return (await ifConditionHolds(client.send(update))) !== null;
    },

    async release({ name, holder }) {
      const update = new UpdateCommand({
        TableName,
        Key: KEY.lease(name),
        UpdateExpression: 'REMOVE holder, leaseEnds',
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      });
      await ifConditionHolds(client.send(update));
    },
  };
}

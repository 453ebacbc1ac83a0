import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { ParkedDelivery } from '../../model/delivery.ts';
import type { ParkedDeliveries } from '../../ports/parked-deliveries.ts';
import { toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';
import { ifConditionHolds } from './write.ts';

export function parkedDeliveries(table: DataTable): ParkedDeliveries {
  const { client, tableName: TableName } = table;
  return {
    async held(subscriptionId, limit) {
      const collection = {
        partition: PARTITION.subscription(subscriptionId),
        prefix: PREFIX.held,
        order: 'oldest first',
      } as const;
      const { items } = await queryCollection(table, collection, { limit, cursor: null });
      return items.map(toParked);
    },

    async release(delivery) {
      await ifConditionHolds(
        client.send(
          new DeleteCommand({
            TableName,
            Key: KEY.held(delivery),
            ConditionExpression: 'scheduledFor = :read',
            ExpressionAttributeValues: { ':read': delivery.scheduledFor },
          }),
        ),
      );
    },
  };
}

function toParked(item: Item): ParkedDelivery {
  const work = toDueWork(item);
  if (work.kind !== 'delivery') throw new Error(`A ${work.kind} is among the parked deliveries.`);
  return work.delivery;
}

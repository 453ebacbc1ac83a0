import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { ParkedDelivery } from '../../domain/delivery.ts';
import type { ParkedDeliveries } from '../../ports.ts';
import { dueItem, toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';
import { ifHeld } from './write.ts';

/** Deliveries that wait in the table. Those held by a breaker are apart, so that draining reads nothing else. */
export function parkedDeliveries(table: DataTable): ParkedDeliveries {
  const { client, tableName: TableName } = table;

  return {
    async park(delivery) {
      const item = dueItem(keyOf(delivery), { kind: 'delivery', delivery }, delivery.scheduledFor);
      await client.send(new PutCommand({ TableName, Item: item }));
    },

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
      await ifHeld(
        client.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(delivery),
            ConditionExpression: 'scheduledFor = :read',
            ExpressionAttributeValues: { ':read': delivery.scheduledFor },
          }),
        ),
      );
    },

    async waits(delivery) {
      const found = await Promise.all(
        [KEY.pending(delivery), KEY.held(delivery)].map((Key) =>
          client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
        ),
      );
      return found.some(({ Item }) => Item !== undefined);
    },

    /** Held and not, merged by age. Cursors are what follows the prefix, which both have in common. */
    async ofSubscription(subscriptionId, { limit, cursor }) {
      const pages = await Promise.all(
        [PREFIX.pending, PREFIX.held].map(async (prefix) => {
          const collection = {
            partition: PARTITION.subscription(subscriptionId),
            prefix,
            order: 'newest first',
          } as const;
          const from = cursor === null ? null : prefix + cursor;
          const page = await queryCollection(table, collection, { limit, cursor: from });
          return page.items.map((item) => ({ item, age: ageOf(item, prefix) }));
        }),
      );
      const merged = pages.flat().sort((a, b) => (a.age < b.age ? 1 : -1));
      const shown = merged.slice(0, limit);
      const isFull = shown.length === limit;
      return {
        items: shown.map(({ item }) => toParked(item)),
        cursor: isFull ? (shown.at(-1)?.age ?? null) : null,
      };
    },
  };
}

const keyOf = (delivery: ParkedDelivery) => (delivery.held ? KEY.held(delivery) : KEY.pending(delivery));

const ageOf = (item: Item, prefix: string) => (item[ATTRIBUTE.sortKey] as string).slice(prefix.length);

function toParked(item: Item): ParkedDelivery {
  const work = toDueWork(item);
  if (work.kind !== 'delivery') throw new Error(`A ${work.kind} is among the parked deliveries.`);
  return work.delivery;
}

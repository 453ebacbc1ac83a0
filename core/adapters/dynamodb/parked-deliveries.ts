import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import type { ClaimedDelivery, ParkedDelivery } from '../../domain/delivery.ts';
import { DUE_SHARDS, type ParkedDeliveries } from '../../ports.ts';
import { KEY, PARTITION, PREFIX, shardOf } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';

const { partitionKey, sortKey, duePartitionKey, dueSortKey } = ATTRIBUTE;

/**
 * Deliveries that wait in the table. `dueAt`, the sort key of the due index, is when the sweeper is to look at one:
 * its time at first, and the end of the lease while it is claimed. So a lease needs no second attribute, and an
 * abandoned one is found by the same query as everything else.
 */
export function parkedDeliveries(table: DataTable): ParkedDeliveries {
  const { client, tableName: TableName } = table;

  /** Null instead of the answer if the condition does not hold. */
  const ifHeld = async <Answer>(write: Promise<Answer>): Promise<Answer | null> => {
    try {
      return await write;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  };
  const dueAtIs = (dueAt: number) => ({
    ConditionExpression: '#dueAt = :seen',
    ExpressionAttributeNames: { '#dueAt': dueSortKey },
    ExpressionAttributeValues: { ':seen': dueAt },
  });
  const keyOf = ({ subscriptionId, acceptedAt, eventId }: ClaimedDelivery | ParkedDelivery) =>
    KEY.pending(subscriptionId, acceptedAt, eventId);

  const ofSubscription: ParkedDeliveries['ofSubscription'] = async (subscriptionId, page) => {
    const collection = {
      partition: PARTITION.subscription(subscriptionId),
      prefix: PREFIX.pending,
      order: 'newest first',
    } as const;
    const { items, cursor } = await queryCollection(table, collection, page);
    return { items: items.map(toParked), cursor };
  };

  return {
    ofSubscription,

    async park(delivery) {
      const shard = shardOf(DUE_SHARDS, delivery.subscriptionId, delivery.eventId);
      const due = { [duePartitionKey]: PARTITION.due(shard), [dueSortKey]: delivery.scheduledFor };
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(delivery), ...due, ...delivery } }));
    },

    async due(shard, until, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: INDEX.due,
          KeyConditionExpression: '#pk = :pk AND #dueAt <= :until',
          ExpressionAttributeNames: { '#pk': duePartitionKey, '#dueAt': dueSortKey },
          ExpressionAttributeValues: { ':pk': PARTITION.due(shard), ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => ({
        key: JSON.stringify([item[partitionKey], item[sortKey]]),
        dueAt: item[dueSortKey] as number,
      }));
    },

    async claim({ key, dueAt }, lease) {
      const [pk, sk] = JSON.parse(key) as [string, string];
      const condition = dueAtIs(dueAt);
      const update = new UpdateCommand({
        TableName,
        Key: { [partitionKey]: pk, [sortKey]: sk },
        UpdateExpression: 'SET #dueAt = :lease',
        ...condition,
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':lease': lease },
        ReturnValues: 'ALL_NEW',
      });
      const answer = await ifHeld(client.send(update));
      return answer?.Attributes ? toParked(answer.Attributes) : null;
    },

    async claimed(claim) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keyOf(claim), ConsistentRead: true }),
      );
      return Item?.[dueSortKey] === claim.lease ? toParked(Item) : null;
    },

    async complete(claim) {
      await ifHeld(client.send(new DeleteCommand({ TableName, Key: keyOf(claim), ...dueAtIs(claim.lease) })));
    },
  };
}

function toParked({
  project,
  subscriptionId,
  eventId,
  number,
  acceptedAt,
  scheduledFor,
}: Item): ParkedDelivery {
  return { project, subscriptionId, eventId, number, acceptedAt, scheduledFor } as ParkedDelivery;
}

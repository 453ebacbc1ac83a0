import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { WaitingDelivery } from '../../model/waiting-delivery.ts';
import type { KeyMark, MailboxRange, OrderedQueues } from '../../ports/mailbox.ts';
import { dueKey, KEY, PARTITION, PREFIX, partOfKey, queuePrefix } from './keys.ts';
import { AFTER, readBetween } from './mailbox-range.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';
import { ifConditionHolds, newStamp } from './write.ts';

const { partitionKey, sortKey } = ATTRIBUTE;

/**
 * Create the ordered queues of mailboxes. The entries of an ordering key follow one another by their sort keys, so its first
 * one is one read. Its marks are in partitions of their own, which sort what must be looked at: no key is in the way of another.
 */
export function orderedQueues(table: DataTable): OrderedQueues {
  const { client, tableName: TableName } = table;
  return {
    async queue(subscriptionId, key, page) {
      const partition = PARTITION.mailbox(subscriptionId, partOfKey(key));
      const collection = { partition, prefix: queuePrefix(key), order: 'oldest first' } as const;
      const { items, cursor } = await queryCollection(table, collection, page);
      return { items: items.map(toWaiting), cursor };
    },

    async marks(subscriptionId, part, { after, until, ...range }) {
      const { items, cursor } = await readBetween(table, PARTITION.orderingKeys(subscriptionId, part), {
        from: startOf(after),
        to: PREFIX.wait + (until === null ? '' : dueKey(until)) + AFTER,
        ...range,
      });
      return { items: items.map(toMark), cursor };
    },

    async mark(subscriptionId, given) {
      const mark = { ...given, stamp: newStamp(table) };
      await client.send(new PutCommand({ TableName, Item: markItem(subscriptionId, mark) }));
      return mark;
    },

    async unmark(subscriptionId, { key, dueAt, stamp }) {
      const remove = new DeleteCommand({
        TableName,
        Key: KEY.keyMark(subscriptionId, key, dueAt),
        ConditionExpression: 'stamp = :stamp',
        ExpressionAttributeValues: { ':stamp': stamp },
      });
      await ifConditionHolds(client.send(remove));
    },
  };
}

/** Return the items that mark the ordering keys of entries that were put. */
export function marksOf(table: DataTable, put: readonly WaitingDelivery[]): Item[] {
  const marks = new Map<string, Item>();
  for (const { subscriptionId, ordered } of put)
    if (ordered !== undefined)
      marks.set(
        `${subscriptionId} ${ordered.key}`,
        markItem(subscriptionId, { key: ordered.key, dueAt: null, stamp: newStamp(table) }),
      );
  return [...marks.values()];
}

const markItem = (subscriptionId: string, { key, dueAt, ...mark }: KeyMark): Item => ({
  ...KEY.keyMark(subscriptionId, key, dueAt),
  // Not `dueAt`, which is a key of the index of due work: the sort key has the time.
  orderingKey: key,
  ...mark,
});

function toMark({ [sortKey]: sort, orderingKey, stamp, failedAt, outage }: Item): KeyMark {
  const [prefix, dueAt] = (sort as string).split('#');
  return {
    key: orderingKey as string,
    dueAt: `${prefix}#` === PREFIX.wait ? Number(dueAt) : null,
    stamp: stamp as string,
    ...(typeof failedAt === 'number' && { failedAt }),
    ...(typeof outage === 'boolean' && { outage }),
  };
}

/** Marks without a time sort before those with one. */
function startOf(after: MailboxRange['after']): string {
  if (after === null) return PREFIX.ready;
  return typeof after === 'number' ? PREFIX.wait + dueKey(after) + AFTER : after;
}

export function toWaiting({ [partitionKey]: _pk, [sortKey]: _sk, ...entry }: Item): WaitingDelivery {
  return entry as unknown as WaitingDelivery;
}

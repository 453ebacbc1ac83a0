import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { ParkedDelivery } from '../../model/delivery.ts';
import type { PageRequest } from '../../ports/page.ts';
import type { ParkedDeliveries } from '../../ports/parked-deliveries.ts';
import { dueItem, toDueWork } from './due-work.ts';
import { filteredPage } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, type Item, queryCollection } from './table.ts';
import { ifConditionHolds } from './write.ts';

/** Create the store of parked deliveries. Held ones have keys of their own, so that draining reads nothing else. */
export function parkedDeliveries(table: DataTable): ParkedDeliveries {
  const { client, tableName: TableName } = table;

  /** Return held and other deliveries, merged by age. A cursor is the part of the sort key after the prefix, which both share. */
  const pageOf = async (subscriptionId: string, { limit, cursor }: PageRequest) => {
    const pages = await Promise.all(
      [PREFIX.pending, PREFIX.held].map(async (prefix) => {
        const collection = {
          partition: PARTITION.subscription(subscriptionId),
          prefix,
          order: 'newest first',
        } as const;
        const from = cursor === null ? null : prefix + cursor;
        const page = await queryCollection(table, collection, { limit, cursor: from });
        return { cursor: page.cursor, byAge: page.items.map((item) => [ageOf(item), item] as const) };
      }),
    );
    // A delivery that is being held or released right now is in both. The held item is the newer one, and wins.
    const merged = [...new Map(pages.flatMap(({ byAge }) => byAge))].sort(([a], [b]) => (a < b ? 1 : -1));
    const shown = merged.slice(0, limit).map(([, item]) => item);
    const last = shown.at(-1);
    const isMore = merged.length > limit || pages.some(({ cursor }) => cursor !== null);
    return { items: shown, cursor: isMore && last !== undefined ? ageOf(last) : null };
  };

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
      await ifConditionHolds(
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
      const keys = [KEY.pending(delivery), KEY.held(delivery)];
      const found = await Promise.all(keys.map((key) => getItem(table, key)));
      return found.some((item) => item !== undefined);
    },

    async ofSubscription(subscriptionId, page, { requestedAfter = null } = {}) {
      const read = async (part: PageRequest) => {
        const { items, cursor } = await pageOf(subscriptionId, part);
        return {
          items: items.filter((item) => requestedAfter === null || requestedAtOf(item) > requestedAfter),
          cursor,
        };
      };
      const { items, cursor } = await (requestedAfter === null
        ? read(page)
        : filteredPage(page, read, ageOf));
      return { items: items.map(toParked), cursor };
    },
  };
}

const keyOf = (delivery: ParkedDelivery) => (delivery.held ? KEY.held(delivery) : KEY.pending(delivery));

/** Return the part of an item's sort key after the prefix. */
const ageOf = (item: Item) => {
  const key = item[ATTRIBUTE.sortKey] as string;
  return key.slice(key.indexOf('#') + 1);
};

const requestedAtOf = (item: Item) => {
  const { acceptedAt, replay } = toParked(item);
  return replay?.requestedAt ?? acceptedAt;
};

function toParked(item: Item): ParkedDelivery {
  const work = toDueWork(item);
  if (work.kind !== 'delivery') throw new Error(`A ${work.kind} is among the parked deliveries.`);
  return work.delivery;
}

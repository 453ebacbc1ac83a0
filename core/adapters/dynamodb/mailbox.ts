import { ATTRIBUTE } from '../../contract.ts';
import { placeOf } from '../../model/event-order.ts';
import type { WaitingDelivery, WaitingKey } from '../../model/waiting-delivery.ts';
import { filteredPage } from '../../ports/filtered-page.ts';
import { type Mailbox, type MailboxRange, type MailedEvent, PART_NUMBERS } from '../../ports/mailbox.ts';
import type { Page } from '../../ports/page.ts';
import { dueKey, KEY, PARTITION } from './keys.ts';
import { AFTER, nextKey, readBetween } from './mailbox-range.ts';
import { marksOf, orderedQueues, toWaiting } from './ordered-queues.ts';
import { countItems, type DataTable, getAllItems, getItem, type Item } from './table.ts';
import { writeAll } from './write.ts';

const { partitionKey, sortKey } = ATTRIBUTE;

const FIRST = '0';
/** Sorts above every time and below the ordered entries. */
const AFTER_TIMES = ':';

export function mailbox(table: DataTable): Mailbox {
  const readPart = (
    subscriptionId: string,
    part: number,
    { after, until, limit, order }: MailboxRange,
  ): Promise<Page<Item>> => {
    // A sort key begins with its due time, so that this sorts above all entries of the time.
    const from = typeof after === 'number' ? dueKey(after) + AFTER : (after ?? FIRST);
    const to = until === null ? AFTER_TIMES : dueKey(until) + AFTER;
    return readBetween(table, PARTITION.mailbox(subscriptionId, part), {
      ...{ from, to, limit },
      ...(order !== undefined && { order }),
    });
  };

  return {
    ...orderedQueues(table),

    async write(put, remove = []) {
      const puts = new Map(
        put.map((entry) => [nameOf(entry), { PutRequest: { Item: { ...KEY.waiting(entry), ...entry } } }]),
      );
      const removals = new Map(
        remove
          .filter((key) => !puts.has(nameOf(key)))
          .map((key) => [nameOf(key), { DeleteRequest: { Key: KEY.waiting(key) } }]),
      );
      const marks = marksOf(table, put).map((Item) => ({ PutRequest: { Item } }));
      // A batch may be written in part, so what takes the place of another is written before that is removed. And whoever
      // finds a mark must find what was put, or would remove the mark.
      await writeAll(table, [...puts.values()]);
      await writeAll(table, [...marks, ...removals.values()]);
    },

    async read(subscriptionId, part, range) {
      const { items, cursor } = await readPart(subscriptionId, part, range);
      return { items: items.map(toWaiting), cursor };
    },

    async hasFirst(subscriptionId, event) {
      const found = await Promise.all(firstKeys(subscriptionId, event).map((key) => getItem(table, key)));
      return isFirst(found);
    },

    async haveFirst(subscriptionIds, event) {
      const keys = subscriptionIds.flatMap((id) => firstKeys(id, event));
      const found = await getAllItems(table, keys);
      return new Set(subscriptionIds.filter((_, index) => isFirst(found.slice(2 * index, 2 * index + 2))));
    },

    async count(subscriptionId, most) {
      const counts = await Promise.all(
        PART_NUMBERS.map((part) => countPart(table, subscriptionId, part, most)),
      );
      return Math.min(
        most,
        counts.reduce((sum, count) => sum + count, 0),
      );
    },

    async list(subscriptionId, page, { requestedAfter = null } = {}) {
      const passes = ({ acceptedAt, replay }: WaitingDelivery) =>
        requestedAfter === null || (replay?.requestedAt ?? acceptedAt) > requestedAfter;
      const readMerged = async ({ limit, cursor }: typeof page) => {
        const range = { from: cursor ?? FIRST, to: AFTER, limit };
        const pages = await Promise.all(
          PART_NUMBERS.map((part) => readBetween(table, PARTITION.mailbox(subscriptionId, part), range)),
        );
        const items = pages.flatMap(({ items }) => items).sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
        const shown = items.slice(0, limit);
        const last = shown.at(-1);
        const isMore = items.length > limit || pages.some(({ cursor }) => cursor !== null);
        return {
          items: shown.map(toWaiting).filter(passes),
          cursor: isMore && last !== undefined ? nextKey(keyOf(last)) : null,
        };
      };
      if (requestedAfter === null) return readMerged(page);
      return filteredPage(page, readMerged, (entry) => nextKey(KEY.waiting(entry)[sortKey]));
    },
  };
}

/** Return the keys under which the first attempt for an event may wait: unordered and ordered. */
function firstKeys(subscriptionId: string, event: MailedEvent) {
  const entry = { subscriptionId, eventId: event.id, dueAt: Date.parse(event.acceptedAt) };
  return [KEY.waiting(entry), KEY.waiting({ ...entry, ordered: placeOf(event) })];
}

const isFirst = ([unordered, ordered]: readonly (Item | undefined)[]): boolean =>
  unordered !== undefined || ordered?.number === 1;

/** Compare sort keys as the table does, by their bytes. */
const compareKeys = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const keyOf = (item: Item) => item[sortKey] as string;

const nameOf = (entry: WaitingKey) => JSON.stringify(KEY.waiting(entry));

const countPart = (table: DataTable, subscriptionId: string, part: number, most: number): Promise<number> =>
  countItems(
    table,
    {
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': partitionKey },
      ExpressionAttributeValues: { ':pk': PARTITION.mailbox(subscriptionId, part) },
    },
    most,
  );

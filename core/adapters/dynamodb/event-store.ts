import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { type Event, eventText, readEventText } from '../../domain/event.ts';
import type { JsonText } from '../../domain/json-text.ts';
import type { EventStore, EventSummary, PageRequest } from '../../ports.ts';
import { filteredPage } from './filtered-page.ts';
import { EVENT_LOG_SHARDS, KEY, PARTITION, shardOf } from './keys.ts';
import { type DataTable, type Item, isAlive, queryLog, toTimeToLive } from './table.ts';

export function eventStore(table: DataTable): EventStore {
  const { client, tableName: TableName, clock } = table;
  return {
    async putOnce(event, messageId) {
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: toItem(event, messageId),
            ConditionExpression: 'attribute_not_exists(#pk) OR messageId = :messageId OR #ttl <= :now',
            ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey, '#ttl': ATTRIBUTE.timeToLive },
            ExpressionAttributeValues: { ':messageId': messageId, ':now': toTimeToLive(clock()) },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return 'stored';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The exception comes from the plain client, so its item is not translated.
        return error.Item?.source?.S === event.source ? 'duplicate' : 'conflict';
      }
    },

    async get(project, id) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: KEY.event(project, id), ConsistentRead: true }),
      );
      return isAlive(Item, table)
        ? readEventText(inflateRawSync(Item.body as Uint8Array).toString() as JsonText)
        : null;
    },

    /** The project's events are spread over shards of the index; one query of each, merged. */
    async list(project, { type, since, until, order = 'newest first' }, page) {
      const filter = type === undefined ? {} : ofType(type);
      const range = {
        order,
        ...(since !== undefined && { from: since }),
        // Above every id that may follow the time.
        ...(until !== undefined && { to: `${until}~` }),
      };
      const read = async (part: PageRequest) => {
        const pages = await Promise.all(
          Array.from({ length: EVENT_LOG_SHARDS }, (_, shard) =>
            queryLog(table, { partition: PARTITION.eventLog(project, shard), ...range }, part, filter),
          ),
        );
        return mergePages(pages, part.limit, order);
      };
      const { items, cursor } = await (type === undefined ? read(page) : filteredPage(page, read, sortKeyOf));
      return { items: items.map(toSummary), cursor };
    },
  };
}

const ofType = (type: string) => ({
  FilterExpression: '#type = :type',
  ExpressionAttributeNames: { '#type': 'type' },
  ExpressionAttributeValues: { ':type': type },
});

function toItem(event: Event, messageId: string): Item {
  const { project, id, type, time, source, acceptedAt, expiresAt, suppress } = event;
  return {
    ...KEY.event(project, id),
    [ATTRIBUTE.logPartitionKey]: PARTITION.eventLog(project, shardOf(EVENT_LOG_SHARDS, id)),
    [ATTRIBUTE.logSortKey]: `${acceptedAt}#${id}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    id,
    type,
    time,
    source,
    suppress,
    messageId,
    body: deflateRawSync(eventText(event)),
  };
}

const sortKeyOf = (item: Item) => item[ATTRIBUTE.logSortKey] as string;

type LogPage = Awaited<ReturnType<typeof queryLog>>;

/**
 * The first of several pages of the same limit and order. A shard that has been read only as far as its cursor hides
 * what is beyond it there, so nothing beyond the nearest of the cursors may be shown yet.
 */
function mergePages(pages: readonly LogPage[], limit: number, order: 'newest first' | 'oldest first') {
  const comesFirst = (a: string, b: string) => (order === 'newest first' ? a > b : a < b);
  const compare = (a: string, b: string) => (comesFirst(a, b) ? -1 : 1);
  const [horizon] = pages.flatMap(({ cursor }) => (cursor === null ? [] : [cursor])).sort(compare);
  const found = pages.flatMap(({ items }) => items).sort((a, b) => compare(sortKeyOf(a), sortKeyOf(b)));
  const visible =
    horizon === undefined ? found : found.filter((item) => !comesFirst(horizon, sortKeyOf(item)));
  const shown = visible.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown,
    cursor: visible.length > limit && last ? sortKeyOf(last) : (horizon ?? null),
  };
}

function toSummary(item: Item): EventSummary {
  const { id, type, time, suppress } = item;
  const [acceptedAt] = (item[ATTRIBUTE.logSortKey] as string).split('#');
  return { id, type, time, acceptedAt, ...(suppress === true && { suppress }) } as EventSummary;
}

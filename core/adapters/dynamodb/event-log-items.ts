import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import type { Event } from '../../model/event.ts';
import type { EventSummary } from '../../ports/event-store.ts';
import { EVENT_LOG_SHARDS, KEY, PARTITION, PREFIX, shardOf } from './keys.ts';
import { type DataTable, type Item, queryCollection, toTimeToLive } from './table.ts';

/** The items of one event batch. There are several only if an earlier handling ended half way. */
const MAX_PARTS = 100;

/** Return the events of an event batch that are in the log. */
export async function appendedEvents(
  table: DataTable,
  project: string,
  eventBatch: string,
): Promise<readonly EventSummary[]> {
  const partition = PARTITION.eventBatch(project, eventBatch);
  const collection = { partition, prefix: PREFIX.events, order: 'oldest first' } as const;
  const { items } = await queryCollection(table, collection, { limit: MAX_PARTS, cursor: null });
  return items.flatMap(toSummaries);
}

/** Return the item with events of one event batch in their project's log. */
export function toEventBatchItem(events: readonly [Event, ...Event[]]): Item {
  const oldestFirst = events.toSorted((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1));
  const [{ project, eventBatch = '' }] = events;
  const summaries = oldestFirst.map(
    ({ id, type, time, acceptedAt, suppress }): EventSummary => ({
      ...{ id, type, time, acceptedAt },
      ...(suppress === true && { suppress }),
    }),
  );
  const part = shortHash(...summaries.map(({ id }) => id));
  return {
    ...KEY.eventBatchEvents(project, eventBatch, part),
    [ATTRIBUTE.logPartitionKey]: PARTITION.eventLog(project, shardOf(EVENT_LOG_SHARDS, eventBatch)),
    // With the part, because two items with the same index key would share a cursor, which would hide one of them.
    [ATTRIBUTE.logSortKey]: `${summaries.at(-1)?.acceptedAt}#${eventBatch}${part}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(Math.max(...events.map(({ expiresAt }) => expiresAt))),
    events: deflateRawSync(JSON.stringify(summaries)),
  };
}

/** Return the event of an item, or the events of an event batch's item, oldest first. */
export function toSummaries(item: Item): EventSummary[] {
  if (item.events !== undefined) return JSON.parse(inflateRawSync(item.events as Uint8Array).toString());
  const { id, type, time, suppress } = item;
  const [acceptedAt] = (item[ATTRIBUTE.logSortKey] as string).split('#');
  return [{ id, type, time, acceptedAt, ...(suppress === true && { suppress }) } as EventSummary];
}

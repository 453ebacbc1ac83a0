import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, type WriteFormat } from '../../contract.ts';
import { UnavailableError } from '../../kernel/errors.ts';
import type { JsonText } from '../../kernel/json-text.ts';
import { pause } from '../../kernel/pause.ts';
import { laterBy } from '../../kernel/time.ts';
import { erasedEvent } from '../../model/erased-event.ts';
import {
  EVENT_BATCH_SPAN_MS,
  type Event,
  eventText,
  MAX_INLINE_BYTES,
  readEventText,
  webhookId,
} from '../../model/event.ts';
import { matches } from '../../model/event-pattern.ts';
import { eventBodyKey } from '../../model/large-body.ts';
import type { EventStore, EventSummary } from '../../ports/event-store.ts';
import { filteredPage } from '../../ports/filtered-page.ts';
import type { LargeBodies } from '../../ports/large-bodies.ts';
import type { PageRequest } from '../../ports/page.ts';
import { appendedEvents, toEventBatchItem, toSummaries } from './event-log-items.ts';
import { EVENT_LOG_SHARDS, KEY, PARTITION, shardOf } from './keys.ts';
import { mergePages, type Placed, queryLog } from './log-index.ts';
import { lostEvent } from './lost-event.ts';
import { type DataTable, EXISTS, getItem, type Item, isAlive, keyOfItem, toTimeToLive } from './table.ts';
import { ifConditionHolds, isAbsentOrExpired, writeOne } from './write.ts';

/** @param writeFormat of the events that it stores */
export function eventStore(table: DataTable, writeFormat: WriteFormat = 1): EventStore {
  const { client, tableName: TableName } = table;

  return {
    async putOnce(event, messageId, messageBody) {
      const [key, other] = keysOf(event, writeFormat);
      const known = other && (await getItem(table, other));
      if (isAlive(known, table)) return outcomeBeside(known, event, messageId);
      const body = deflateRawSync(eventText(event));
      const claimCheck = body.length > MAX_INLINE_BYTES ? eventBodyKey(event, messageId) : undefined;
      // Before the item, which nobody could read without it.
      if (claimCheck !== undefined) await bodiesOf(table).put(claimCheck, body);
      const stored = claimCheck === undefined ? { body } : { claimCheck, eventBatch: event.eventBatch };
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: { ...key, ...toItem(event, messageId, stored), messageBody },
            ...isAbsentOrExpired(table),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return 'stored';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The exception comes from the low-level client, so its item is not unmarshalled.
        const { messageId: broughtBy, source, claimCheck: known } = error.Item ?? {};
        // No item refers to it, so that nobody would find it to erase it.
        if (claimCheck !== undefined && known?.S !== claimCheck) await bodiesOf(table).delete(claimCheck);
        return outcomeBeside({ messageId: broughtBy?.S, source: source?.S }, event, messageId);
      }
    },

    async get(project, id) {
      const item = await storedItem(table, project, id);
      return item && readStored(table, project, id, item);
    },

    async erase(project, id, erased) {
      for (let tries = 1; tries <= MAX_ERASE_TRIES; tries++) {
        const item = await storedItem(table, project, id);
        if (item === null) return;
        const event = await readStored(table, project, id, item);
        if (event === null) return;
        const rest = erasedEvent(event, erased);
        if (event.erased !== undefined && eventText(rest) === eventText(event)) return;
        const written = writeOne(table, { Update: toErasure(table, item, rest) });
        if ((await ifConditionHolds(written)) !== null) return;
        // Somebody else has erased it, or ended a delivery, as others may do at the same time.
        await pause(Math.random() * MAX_PAUSE_MS);
      }
      throw new UnavailableError('The event is being erased by others. Send the request again.');
    },

    async eraseBodies(project, id) {
      const item = await storedItem(table, project, id);
      const left = (item?.erasing ?? []) as readonly string[];
      if (item === null || left.length === 0) return;
      await Promise.all(left.map((key) => bodiesOf(table).delete(key)));
      const Update = { TableName, Key: keyOfItem(item), UpdateExpression: 'REMOVE erasing', ...EXISTS };
      await ifConditionHolds(writeOne(table, { Update }));
    },

    async append(events, mayBeThere) {
      const eventBatches = Map.groupBy(events, ({ project, eventBatch }) =>
        eventBatch === undefined ? null : PARTITION.eventBatch(project, eventBatch),
      );
      eventBatches.delete(null);
      await Promise.all(
        [...eventBatches.values()].map(async (all) => {
          const [{ project, eventBatch = '' }] = all as [Event, ...Event[]];
          const there = mayBeThere ? await appendedEvents(table, project, eventBatch) : [];
          const known = new Set(there.map(({ id }) => id));
          const missing = new Map(all.filter(({ id }) => !known.has(id)).map((event) => [event.id, event]));
          const [first, ...others] = missing.values();
          if (first !== undefined)
            await client.send(new PutCommand({ TableName, Item: toEventBatchItem([first, ...others]) }));
        }),
      );
    },

    /** Query each shard of the project's events in the log index, and merge the pages. */
    async list(project, { type, matching, since = '', until = LATEST, order = 'newest first' }, page) {
      const range = {
        order,
        ...(since !== '' && { from: since }),
        // "~" sorts above every id that follows the time. An event batch's item sorts by its newest event.
        ...(until !== LATEST && { to: `${laterBy(EVENT_BATCH_SPAN_MS, until)}~` }),
      };
      const passes = ({ entry }: Placed<EventSummary>) =>
        (type === undefined || entry.type === type) &&
        (matching === undefined || matches(matching, entry.type)) &&
        entry.acceptedAt >= since &&
        entry.acceptedAt <= until;
      const read = async (part: PageRequest) => {
        const pages = await Promise.all(
          Array.from({ length: EVENT_LOG_SHARDS }, (_, shard) =>
            queryLog(table, { partition: PARTITION.eventLog(project, shard), ...range }, part, toSummaries),
          ),
        );
        const { items, cursor } = mergePages(pages, part.limit, order);
        return { items: items.filter(passes), cursor };
      };
      // The range is wider than asked for, so the first items may have only events that were accepted after its end.
      const isFiltered =
        type !== undefined || matching !== undefined || (until !== LATEST && order === 'newest first');
      const { items, cursor } = await (isFiltered
        ? filteredPage(page, read, ({ position }) => position)
        : read(page));
      return { items: items.map(({ entry }) => entry), cursor };
    },
  };
}

/** Return the item of an event, whichever format wrote it, or null. */
async function storedItem(table: DataTable, project: string, id: string): Promise<Item | null> {
  for (const key of keysOf({ project, id }, 2)) {
    const item = await getItem(table, key);
    if (isAlive(item, table)) return item;
  }
  return null;
}

/** Return the event batch of an event, undefined if it has none or is gone. It needs no large body. */
export async function eventBatchOf(
  table: DataTable,
  project: string,
  id: string,
): Promise<string | undefined> {
  const item = await storedItem(table, project, id);
  if (item === null) return undefined;
  return item.claimCheck === undefined
    ? readBody(item.body).eventBatch
    : (item.eventBatch as string | undefined);
}

/** Return the event of an item, null if too little is left of it. See {@link lostEvent}. */
async function readStored(table: DataTable, project: string, id: string, item: Item): Promise<Event | null> {
  const { claimCheck, body } = item;
  if (typeof claimCheck !== 'string') return readBody(body);
  const large = await bodiesOf(table).get(claimCheck);
  return large === null ? lostEvent(table, project, id, item) : readBody(large);
}

/** Return the keys of all bodies that an event's item knows: its own, that of its message, and those of an unfinished erasure. */
const bodiesOfItem = ({ claimCheck, messageBody, erasing = [] }: Item): readonly string[] => [
  ...(erasing as readonly string[]),
  ...[claimCheck, messageBody].filter((key) => typeof key === 'string'),
];

/** Return the write that puts what stays of an event in its place. The item keeps the keys of the bodies until they are deleted. */
function toErasure({ tableName: TableName }: DataTable, item: Item, rest: Event) {
  const seen = item.claimCheck === undefined ? 'body' : 'claimCheck';
  return {
    TableName,
    Key: keyOfItem(item),
    UpdateExpression: 'SET body = :rest, erasing = :left REMOVE claimCheck, messageBody, eventBatch',
    ConditionExpression: '#seen = :seen',
    ExpressionAttributeNames: { '#seen': seen },
    ExpressionAttributeValues: {
      ':rest': deflateRawSync(eventText(rest)),
      ':left': bodiesOfItem(item),
      ':seen': item[seen],
    },
  };
}

const MAX_ERASE_TRIES = 20;
const MAX_PAUSE_MS = 100;

const readBody = (body: unknown): Event =>
  readEventText(inflateRawSync(body as Uint8Array).toString() as JsonText);

function bodiesOf({ bodies }: DataTable): LargeBodies {
  if (bodies === undefined) throw new Error('This function cannot use the bucket of large bodies.');
  return bodies;
}

/** Sorts above every time. */
const LATEST = '~';

/** The attributes that depend on where the body is: in the item, or in the bucket. */
type StoredBody =
  | { readonly body: Uint8Array }
  /** The event batch is needed without the body. */
  | { readonly claimCheck: string; readonly eventBatch: string | undefined };

/**
 * Return the key of an event in this format, and the key in the other one if that differs: format 2 has an id that is no
 * `webhook-id` under that of its requests, so that both find the event.
 */
function keysOf({ project, id }: Pick<Event, 'project' | 'id'>, format: WriteFormat) {
  const [plain, safe] = [KEY.event(project, id), KEY.event(project, webhookId({ id }))];
  if (id === webhookId({ id })) return [plain] as const;
  return format === 2 ? ([safe, plain] as const) : ([plain, safe] as const);
}

/** Return how an event relates to the one that is stored with its id. */
function outcomeBeside(known: Item, { source }: Event, messageId: string) {
  if (known.messageId === messageId) return 'same-message';
  return known.source === source ? 'duplicate' : 'conflict';
}

function toItem(event: Event, messageId: string, stored: StoredBody): Item {
  const { project, id, type, time, source, acceptedAt, expiresAt, suppress, eventBatch } = event;
  // The events of an event batch are appended to the log later, together.
  const entry = eventBatch === undefined && {
    [ATTRIBUTE.logPartitionKey]: PARTITION.eventLog(project, shardOf(EVENT_LOG_SHARDS, id)),
    [ATTRIBUTE.logSortKey]: `${acceptedAt}#${id}`,
    ...{ id, type, time, suppress },
  };
  return {
    ...entry,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    source,
    messageId,
    ...stored,
  };
}

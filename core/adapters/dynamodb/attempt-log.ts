import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { laterBy } from '../../kernel/time.ts';
import type { Attempt } from '../../model/attempt.ts';
import {
  type AttemptLog,
  type EventAttemptFilter,
  type LastAttempt,
  passesFilter,
  type RecordedAttempt,
} from '../../ports/attempt-log.ts';
import type { ExchangeLimits } from '../../ports/exchange-limits.ts';
import { allItems, type Page, type PageRequest } from '../../ports/page.ts';
import { eraseAttempts } from './attempt-erasure.ts';
import {
  type AttemptItems,
  toAttempts,
  toExchange,
  toExchangeItem,
  toItems,
  toLast,
} from './attempt-items.ts';
import { eventBatchOf } from './event-store.ts';
import { filteredPage } from './filtered-page.ts';
import { attemptLogPartitions, attemptPrefix, KEY, PARTITION, PREFIX, projectOfEvents } from './keys.ts';
import { mergePages, type Placed, queryLog } from './log-index.ts';
import { ATTEMPT_SECRETS, SEALED_BYTES, sealedItem, withOpenBytes } from './sealed-values.ts';
import { type DataTable, EXISTS, getItem, type Item, isAlive, queryCollection } from './table.ts';
import { ifConditionHolds, writeAll } from './write.ts';

/**
 * Create the attempt log. An attempt is stored with its event; the successful first attempts of an event batch are stored with
 * the event batch. The log index has all of them by subscription. An exchange of which something is left out there may have
 * an item of its own, in full.
 *
 * @param limits of exchanges in full. Without them, which version 0.1 does not read, all are compact.
 */
export function attemptLog(table: DataTable, limits: ExchangeLimits | null = null): AttemptLog {
  /** Return the items of attempts as they are stored. Sealing leaves less of a write unit to the request and the response. */
  const toStored = async (attempts: readonly RecordedAttempt[]): Promise<Stored> => {
    const dataKey = (await table.dataKeys?.current()) ?? null;
    const stored = await itemsOf(attempts, dataKey === null ? 0 : SEALED_BYTES);
    if (dataKey === null) return stored;
    const sealed = stored.items.map((item) => sealedItem(dataKey, projectOf(item), item, ATTEMPT_SECRETS));
    return { ...stored, items: sealed };
  };

  const itemsOf = async (attempts: readonly RecordedAttempt[], reserved: number): Promise<Stored> => {
    if (limits === null)
      return toItems(
        attempts.map((attempt) => ({ ...attempt, log: 'compact' })),
        reserved,
      );
    const { items, references, cut } = toItems(attempts, reserved);
    const chosen = await limits.choose([...cut].filter(({ log }) => log === 'full'));
    const full = chosen.filter(({ log }) => log === 'full').map(toExchangeItem);
    if (full.length === chosen.length) return { items: [...items, ...full], references };
    const byId = new Map(chosen.map((attempt) => [attempt.id, attempt]));
    const told = attempts.map((attempt) => byId.get(attempt.id) ?? attempt);
    return { items: [...toItems(told, reserved).items, ...full], references };
  };

  const opened = async (item: Item): Promise<Attempt[]> =>
    toAttempts(await withOpenBytes(table, projectOf(item), item, ATTEMPT_SECRETS));
  const openedAll = async (items: readonly Item[]) => (await Promise.all(items.map(opened))).flat();

  /** Return the items with a delivery's attempts of one number: its own and those of its replays. */
  const itemsWithNumber = async (partition: string, subscriptionId: string, number: number) => {
    const prefix = attemptPrefix(number, subscriptionId);
    const page = { limit: MAX_RUNS, cursor: null };
    return (await queryCollection(table, { partition, prefix, order: 'oldest first' }, page)).items;
  };

  const eventBatchPartition = async (project: string, eventId: string) => {
    const eventBatch = await eventBatchOf(table, project, eventId);
    return eventBatch === undefined ? null : PARTITION.eventBatch(project, eventBatch);
  };

  /** Return the partitions with the attempts of an event. */
  const partitionsOf = async (project: string, eventId: string): Promise<readonly string[]> => {
    const batched = await eventBatchPartition(project, eventId);
    return [PARTITION.event(project, eventId), ...(batched === null ? [] : [batched])];
  };

  /** Return the first attempt of a delivery if the item of its event batch has it. */
  const inEventBatch = async (
    project: string,
    eventId: string,
    subscriptionId: string,
  ): Promise<Attempt[]> => {
    const partition = await eventBatchPartition(project, eventId);
    const items = partition === null ? [] : await itemsWithNumber(partition, subscriptionId, 1);
    return (await openedAll(items)).filter((attempt) => attempt.eventId === eventId);
  };

  const withNumber: AttemptLog['withNumber'] = async (project, { eventId, subscriptionId, number }) => {
    const alone = await itemsWithNumber(PARTITION.event(project, eventId), subscriptionId, number);
    const together = number === 1 ? await inEventBatch(project, eventId, subscriptionId) : [];
    return [...(await openedAll(alone)), ...together];
  };

  /** Return an attempt with the exchange in full, if there is one. */
  const inFull = async (project: string, attempt: Attempt | undefined): Promise<Attempt | null> => {
    if (attempt === undefined) return null;
    const item = await getItem(table, KEY.exchange(project, attempt.eventId, attempt.id));
    if (!isAlive(item, table)) return attempt;
    return { ...attempt, ...toExchange(await withOpenBytes(table, project, item, ATTEMPT_SECRETS)) };
  };

  return {
    async record(attempts) {
      // A BatchWriteItem must not contain a key twice. The last record of an attempt wins.
      const known = new Map(attempts.map((attempt) => [attempt.id, attempt]));
      const { items, references } = await toStored([...known.values()]);
      await writeAll(
        table,
        items.map((Item) => ({ PutRequest: { Item } })),
      );
      return references;
    },

    async end({ project, eventId, subscriptionId, number, replay }) {
      const update = new UpdateCommand({
        TableName: table.tableName,
        Key: KEY.attempt(project, eventId, subscriptionId, number - 1, replay?.id),
        UpdateExpression: 'SET nextAttemptAt = :never',
        ...EXISTS,
        ExpressionAttributeValues: { ':never': null },
      });
      // The attempt may be missing: the first has no predecessor, and a record may have been lost.
      await ifConditionHolds(table.client.send(update));
    },

    async erase(project, eventId, until) {
      return eraseAttempts(table, await partitionsOf(project, eventId), eventId, until);
    },

    async last(project, eventId, subscriptionId) {
      // One query per number, because the event may have the attempts of thousands of other subscriptions. A lost record
      // leaves a gap.
      let last: LastAttempt | null = null;
      for (let number = 1, missing = 0; missing <= MAX_LOST; number++) {
        const found = (await itemsWithNumber(PARTITION.event(project, eventId), subscriptionId, number)).map(
          toLast,
        );
        if (number === 1)
          found.push(
            ...(await inEventBatch(project, eventId, subscriptionId)).map((first) => ({
              ...first,
              requestedAt: null,
            })),
          );
        missing = found.length === 0 ? missing + 1 : 0;
        last = found.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1) ?? last;
      }
      return last;
    },

    withNumber,

    async get(project, { id, ...of }) {
      const found = await withNumber(project, of);
      return inFull(
        project,
        found.find((attempt) => attempt.id === id),
      );
    },

    async ofId(project, eventId, id) {
      for (const partition of await partitionsOf(project, eventId)) {
        const collection = { partition, prefix: PREFIX.attempt, order: 'newest first' } as const;
        for await (const item of allItems(ATTEMPTS_PER_READ, (page) =>
          queryCollection(table, collection, page),
        )) {
          if (item.id !== id && item.attempts === undefined) continue;
          const found = (await opened(item)).find((attempt) => attempt.id === id);
          if (found !== undefined) return inFull(project, found);
        }
      }
      return null;
    },

    async ofEvent(project, eventId, page, filter = {}) {
      const collection = { prefix: PREFIX.attempt, order: 'newest first' } as const;
      const partitions = await partitionsOf(project, eventId);
      const read = async (part: PageRequest) => {
        const found = await Promise.all(
          partitions.map(async (partition): Promise<Page<Placed<Item>>> => {
            const { items, cursor } = await queryCollection(table, { ...collection, partition }, part);
            return { items: items.map((entry) => ({ entry, position: sortKeyOf(entry) })), cursor };
          }),
        );
        const { items, cursor } = mergePages(found, part.limit, collection.order);
        const placed = await Promise.all(
          items.map(async ({ entry, position }) =>
            (await opened(entry)).map((attempt) => ({ entry: attempt, position })),
          ),
        );
        const passes = ({ entry }: Placed<Attempt>) =>
          entry.eventId === eventId && passesFilter(entry, filter);
        return { items: placed.flat().filter(passes), cursor };
      };
      // Most items of an event batch's partition belong to other events.
      const { items, cursor } = await (partitions.length === 1 && !isFiltering(filter)
        ? read(page)
        : filteredPage(page, read, ({ position }) => position));
      return { items: items.map(({ entry }) => entry), cursor };
    },

    async ofSubscription(subscriptionId, page, filter = {}) {
      const order = 'newest first';
      const partitions = attemptLogPartitions(subscriptionId);
      const { outcome, since, until } = filter;
      const range = {
        ...(since !== undefined && { from: since }),
        // An item of an event batch sorts by its newest attempt.
        ...(until !== undefined && { to: `${laterBy(RECORDED_TOGETHER_MS, until)}~` }),
      };
      const having = outcome === undefined ? {} : withOutcome(outcome);
      const read = async (part: PageRequest) => {
        const pages = await Promise.all(
          partitions.map((partition) =>
            queryLog(table, { partition, order, ...range }, part, opened, having),
          ),
        );
        const { items, cursor } = mergePages(pages, part.limit, order);
        return { items: items.filter(({ entry }) => passesFilter(entry, filter)), cursor };
      };
      const { items, cursor } = await (isFiltering(filter)
        ? filteredPage(page, read, ({ position }) => position)
        : read(page));
      return { items: items.map(({ entry }) => entry), cursor };
    },
  };
}

type Stored = Pick<AttemptItems, 'items' | 'references'>;

const projectOf = (item: Item) => projectOfEvents(item[ATTRIBUTE.partitionKey] as string);
const sortKeyOf = (item: Item) => item[ATTRIBUTE.sortKey] as string;

const isFiltering = (filter: EventAttemptFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

const withOutcome = (outcome: Attempt['outcome']) => ({
  FilterExpression: '#outcome = :outcome',
  ExpressionAttributeNames: { '#outcome': 'outcome' },
  ExpressionAttributeValues: { ':outcome': outcome },
});

/** Attempts of an item were recorded by one invocation, which may take so long. */
const RECORDED_TOGETHER_MS = 15 * 60_000;
const ATTEMPTS_PER_READ = 1000;
/** The number of consecutive lost records after which later ones are still found. */
const MAX_LOST = 1;
/** The replays of a delivery that may have reached the same number. */
const MAX_RUNS = 100;

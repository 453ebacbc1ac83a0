import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptLog, LastAttempt, RecordedAttempt } from '../../ports.ts';
import { packExchange, unpackExchange } from './attempt-exchange.ts';
import { filteredPage } from './filtered-page.ts';
import { attemptPrefix, KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection, queryLog, toTimeToLive } from './table.ts';
import { ifHeld, writeAll } from './write.ts';

/** Attempts live with their event; the log index has them by subscription. One write an attempt. */
export function attemptLog(table: DataTable): AttemptLog {
  /** A delivery's attempts of one number, its own and those of replays. */
  const ofNumber = async (project: string, eventId: string, subscriptionId: string, number: number) => {
    const collection = {
      partition: PARTITION.event(project, eventId),
      prefix: attemptPrefix(number, subscriptionId),
      order: 'oldest first',
    } as const;
    return (await queryCollection(table, collection, { limit: MOST_RUNS, cursor: null })).items;
  };

  return {
    async record(attempts) {
      // A batch must not write one key twice: of the same attempt the last record counts.
      const items = new Map(attempts.map((attempt) => [attempt.id, toItem(attempt)]));
      await writeAll(
        table,
        [...items.values()].map((Item) => ({ PutRequest: { Item } })),
      );
    },

    async end({ project, eventId, subscriptionId, number, replay }) {
      const update = new UpdateCommand({
        TableName: table.tableName,
        Key: KEY.attempt(project, eventId, subscriptionId, number - 1, replay?.id),
        UpdateExpression: 'SET nextAttemptAt = :never',
        ConditionExpression: 'attribute_exists(#pk)',
        ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
        ExpressionAttributeValues: { ':never': null },
      });
      // There is none before the first, and an attempt may not have been recorded.
      await ifHeld(table.client.send(update));
    },

    async last(project, eventId, subscriptionId) {
      // Number by number, since an event may have the attempts of thousands of other subscriptions. A record that was
      // lost leaves a gap.
      let last: LastAttempt | null = null;
      for (let number = 1, missing = 0; missing <= MOST_LOST; number++) {
        const found = await ofNumber(project, eventId, subscriptionId, number);
        missing = found.length === 0 ? missing + 1 : 0;
        const inOrder = found.map(toLast).sort((a, b) => (a.at < b.at ? -1 : 1));
        last = inOrder.at(-1) ?? last;
      }
      return last;
    },

    async get(project, { id, eventId, subscriptionId, number }) {
      const found = await ofNumber(project, eventId, subscriptionId, number);
      const item = found.find((item) => item.id === id);
      return item ? toAttempt(item) : null;
    },

    async ofEvent(project, eventId, page) {
      const { items, cursor } = await queryCollection(table, attemptsOf(project, eventId), page);
      return { items: items.map(toAttempt), cursor };
    },

    async ofSubscription(subscriptionId, page, { outcome } = {}) {
      const log = { partition: PARTITION.subscription(subscriptionId), order: 'newest first' } as const;
      const { items, cursor } =
        outcome === undefined
          ? await queryLog(table, log, page)
          : await filteredPage(page, (part) => queryLog(table, log, part, withOutcome(outcome)), logKeyOf);
      return { items: items.map(toAttempt), cursor };
    },
  };
}

const logKeyOf = (item: Item) => item[ATTRIBUTE.logSortKey] as string;

const withOutcome = (outcome: Attempt['outcome']) => ({
  FilterExpression: '#outcome = :outcome',
  ExpressionAttributeNames: { '#outcome': 'outcome' },
  ExpressionAttributeValues: { ':outcome': outcome },
});

const attemptsOf = (project: string, eventId: string) =>
  ({
    partition: PARTITION.event(project, eventId),
    prefix: PREFIX.attempt,
    order: 'newest first',
  }) as const;

/** Records in a row that may be lost without those after them being overlooked. */
const MOST_LOST = 1;
/** Replays that may have come to the same number. */
const MOST_RUNS = 100;

/** What one write unit pays for, and what DynamoDB counts besides names and values. */
const WRITE_UNIT_BYTES = 1024;
const ROUNDING_BYTES = 24;
const MAX_DETAIL = 100;

function toItem({
  request,
  response,
  project,
  expiresAt,
  replay,
  detail,
  ...attempt
}: RecordedAttempt): Item {
  const { eventId, subscriptionId, number, at } = attempt;
  const item = {
    ...KEY.attempt(project, eventId, subscriptionId, number, replay?.id),
    [ATTRIBUTE.logPartitionKey]: PARTITION.subscription(subscriptionId),
    [ATTRIBUTE.logSortKey]: `${at}#${eventId}#${number}${replay?.id ?? ''}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    ...attempt,
    ...(replay !== undefined && { requestedAt: replay.requestedAt }),
    ...(detail !== undefined && { detail: detail.slice(0, MAX_DETAIL) }),
  };
  const budget =
    WRITE_UNIT_BYTES - ROUNDING_BYTES - Buffer.byteLength(JSON.stringify(item)) - 'exchange'.length;
  return { ...item, exchange: packExchange({ request, response }, budget) };
}

function toLast({ number, at, outcome, nextAttemptAt, requestedAt = null }: Item): LastAttempt {
  return { number, at, outcome, nextAttemptAt, requestedAt } as LastAttempt;
}

function toAttempt(item: Item): Attempt {
  const { id, eventId, eventType, subscriptionId, number, trigger, at, durationMs } = item;
  const { outcome, error, detail, nextAttemptAt } = item;
  return {
    ...{ id, eventId, eventType, subscriptionId, number, trigger, at, durationMs },
    ...unpackExchange(item.exchange as Uint8Array),
    ...{ outcome, error },
    ...(detail !== undefined && { detail }),
    nextAttemptAt,
  } as Attempt;
}

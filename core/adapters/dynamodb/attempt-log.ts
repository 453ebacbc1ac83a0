import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptLog, Page, RecordedAttempt } from '../../ports.ts';
import { packExchange, unpackExchange } from './attempt-exchange.ts';
import { filteredPage } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection, queryLog, toTimeToLive } from './table.ts';
import { ifHeld, writeAll } from './write.ts';

/** Attempts live with their event; the log index has them by subscription. One write an attempt. */
export function attemptLog(table: DataTable): AttemptLog {
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
      let cursor: string | null = null;
      do {
        const page: Page<Item> = await queryCollection(table, attemptsOf(project, eventId), {
          limit: READ_AT_ONCE,
          cursor,
        });
        const found = page.items.find((item) => item.subscriptionId === subscriptionId);
        if (found !== undefined) return toAttempt(found);
        cursor = page.cursor;
      } while (cursor !== null);
      return null;
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

/** About what DynamoDB reads for one request. */
const READ_AT_ONCE = 1000;

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
    ...KEY.attempt(project, eventId, subscriptionId, number, replay),
    [ATTRIBUTE.logPartitionKey]: PARTITION.subscription(subscriptionId),
    [ATTRIBUTE.logSortKey]: `${at}#${eventId}#${number}${replay ?? ''}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    ...attempt,
    ...(detail !== undefined && { detail: detail.slice(0, MAX_DETAIL) }),
  };
  const budget =
    WRITE_UNIT_BYTES - ROUNDING_BYTES - Buffer.byteLength(JSON.stringify(item)) - 'exchange'.length;
  return { ...item, exchange: packExchange({ request, response }, budget) };
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

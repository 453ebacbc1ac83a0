import { ATTRIBUTE } from '../../contract.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptLog, RecordedAttempt } from '../../ports.ts';
import { packExchange, unpackExchange } from './attempt-exchange.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection, queryLog, toTimeToLive } from './table.ts';
import { writeAll } from './write.ts';

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

    async ofEvent(project, eventId, page) {
      const collection = {
        partition: PARTITION.event(project, eventId),
        prefix: PREFIX.attempt,
        order: 'newest first',
      } as const;
      const { items, cursor } = await queryCollection(table, collection, page);
      return { items: items.map(toAttempt), cursor };
    },

    async ofSubscription(subscriptionId, page) {
      const { items, cursor } = await queryLog(table, PARTITION.subscription(subscriptionId), page);
      return { items: items.map(toAttempt), cursor };
    },
  };
}

function toItem({ request, response, project, expiresAt, ...attempt }: RecordedAttempt): Item {
  const { eventId, subscriptionId, number, at } = attempt;
  return {
    ...KEY.attempt(project, eventId, subscriptionId, number),
    [ATTRIBUTE.logPartitionKey]: PARTITION.subscription(subscriptionId),
    [ATTRIBUTE.logSortKey]: `${at}#${eventId}#${number}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    ...attempt,
    exchange: packExchange({ project, request, response }),
  };
}

function toAttempt(item: Item): Attempt {
  const {
    id,
    eventId,
    eventType,
    subscriptionId,
    number,
    trigger,
    at,
    durationMs,
    outcome,
    error,
    detail,
    nextAttemptAt,
  } = item;
  const told = {
    id,
    eventId,
    eventType,
    subscriptionId,
    number,
    trigger,
    at,
    durationMs,
    outcome,
    error,
    nextAttemptAt,
  };
  return {
    ...told,
    ...(detail !== undefined && { detail }),
    ...unpackExchange(item.exchange as Uint8Array),
  } as Attempt;
}

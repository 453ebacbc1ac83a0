import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { pause } from '../../kernel/pause.ts';
import { type DataTable, toTimeToLive } from './table.ts';

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const BATCH_LIMIT = 25;
export const TRANSACTION_LIMIT = 100;
const MAX_TRIES = 8;

/**
 * A hundred transactions may want the same item at once, such as the count of a project's subscriptions. If each holds it for
 * 15 ms, and DynamoDB cancels those that meet it, these pauses let all of them succeed within three seconds.
 */
const MAX_TRANSACTION_TRIES = 20;
const MAX_PAUSE_MS = 500;

/**
 * Write items 25 at a time, and retry those that DynamoDB left unprocessed with growing pauses.
 *
 * @throws Error if items are still unprocessed after 8 tries
 */
export async function writeAll(table: DataTable, requests: readonly WriteRequest[]): Promise<void> {
  for (let from = 0; from < requests.length; from += BATCH_LIMIT) {
    let left: WriteRequest[] = requests.slice(from, from + BATCH_LIMIT);
    for (let tries = 1; left.length > 0; tries++) {
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.tableName]: left } }),
      );
      left = UnprocessedItems?.[table.tableName] ?? [];
      if (left.length > 0 && tries === MAX_TRIES)
        throw new Error(`${left.length} items were left unprocessed.`);
      if (left.length > 0) await pause(Math.random() * 25 * 2 ** tries);
    }
  }
}

/**
 * Write items in one transaction, or above 100 items in several, in order: callers put first the items that do no harm if the
 * rest is never written. A conflict with another transaction is retried here, because the SDK does not.
 */
export async function transact(table: DataTable, items: readonly TransactItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += TRANSACTION_LIMIT) {
    const TransactItems = items.slice(from, from + TRANSACTION_LIMIT);
    for (let tries = 1; ; tries++) {
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems }));
        break;
      } catch (error) {
        if (tries === MAX_TRANSACTION_TRIES || !isTransient(error)) throw error;
        await pause(Math.random() * Math.min(25 * 2 ** tries, MAX_PAUSE_MS));
      }
    }
  }
}

const TRANSIENT = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Return whether a transaction was cancelled for transient reasons only. */
function isTransient(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => TRANSIENT.has(Code ?? ''))
  );
}

/** Return whether a write, alone or in a transaction, failed because of its condition. */
function isConditionFailure(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

/**
 * Write items in one transaction. Return those whose conditions did not hold; nothing is written then. Above 100 items it takes
 * several, as {@link transact} does, and the conditional ones must be among the first 100.
 */
export async function failedConditions(
  table: DataTable,
  items: readonly TransactItem[],
): Promise<ReadonlySet<TransactItem>> {
  try {
    await transact(table, items);
    return new Set();
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    const { CancellationReasons = [] } = error as TransactionCanceledException;
    return new Set(items.filter((_, index) => CancellationReasons[index]?.Code === 'ConditionalCheckFailed'));
  }
}

/** Return the output of a write, or null if its condition did not hold. */
export async function ifConditionHolds<Output>(write: Promise<Output>): Promise<Output | null> {
  try {
    return await write;
  } catch (error) {
    if (isConditionFailure(error)) return null;
    throw error;
  }
}

/** Await a write. @throws ConflictError with this message if its condition did not hold */
export async function orConflict(write: Promise<unknown>, message: string): Promise<void> {
  if ((await ifConditionHolds(write)) === null) throw new ConflictError(message);
}

/** The condition that there is no such item. */
export const IS_ABSENT = {
  ConditionExpression: 'attribute_not_exists(#pk)',
  ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
};

/** The condition that there is no such item, or that it has expired: TTL may not have deleted it yet. */
export const isAbsentOrExpired = ({ clock }: DataTable) => ({
  ConditionExpression: 'attribute_not_exists(#pk) OR #ttl <= :now',
  ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey, '#ttl': ATTRIBUTE.timeToLive },
  ExpressionAttributeValues: { ':now': toTimeToLive(clock()) },
});

/** Return a text that tells the item of one write from that of another. */
export const newStamp = ({ clock }: DataTable): string =>
  `${clock().toString(36)}-${Math.random().toString(36).slice(2)}`;

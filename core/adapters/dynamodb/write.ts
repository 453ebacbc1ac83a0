import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { DataTable } from './table.ts';

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];
type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const BATCH_LIMIT = 25;
export const TRANSACTION_LIMIT = 100;
const MAX_TRIES = 8;

/**
 * Writes in batches of 25 and repeats what DynamoDB left unprocessed, with growing pauses.
 *
 * @throws Error if some is still unprocessed after 8 tries
 */
export async function writeAll(table: DataTable, requests: readonly WriteRequest[]): Promise<void> {
  for (let from = 0; from < requests.length; from += BATCH_LIMIT) {
    let left: WriteRequest[] = requests.slice(from, from + BATCH_LIMIT);
    for (let tries = 1; left.length > 0; tries++) {
      const answer = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.tableName]: left } }),
      );
      left = answer.UnprocessedItems?.[table.tableName] ?? [];
      if (left.length > 0 && tries === MAX_TRIES)
        throw new Error(`${left.length} items were left unprocessed.`);
      if (left.length > 0) await pause(Math.random() * 25 * 2 ** tries);
    }
  }
}

/**
 * Writes in one transaction, or, above 100 items, in several, in the given order: callers put first what does no harm
 * if the rest never follows. Another transaction on the same items is waited for; SDK clients do not try that again.
 */
export async function transact(table: DataTable, items: readonly TransactItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += TRANSACTION_LIMIT) {
    const TransactItems = items.slice(from, from + TRANSACTION_LIMIT);
    for (let tries = 1; ; tries++) {
      try {
        await table.client.send(new TransactWriteCommand({ TransactItems }));
        break;
      } catch (error) {
        if (tries === MAX_TRIES || !isPassing(error)) throw error;
        await pause(Math.random() * 25 * 2 ** tries);
      }
    }
  }
}

const PASSING = new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Whether a transaction was cancelled for nothing that will not pass. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => PASSING.has(Code ?? ''))
  );
}

/** Whether a conditional write, alone or in a transaction, was refused for its condition. */
export function isConditionFailure(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

/** Null instead of the answer if the write's condition does not hold. */
export async function ifConditionHolds<Answer>(write: Promise<Answer>): Promise<Answer | null> {
  try {
    return await write;
  } catch (error) {
    if (isConditionFailure(error)) return null;
    throw error;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError, UnavailableError } from '../../kernel/errors.ts';
import { pause } from '../../kernel/pause.ts';
import { authorityChecks, hasAuthority } from './authority.ts';
import { type DataTable, type TransactItem, toTimeToLive } from './table.ts';

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

const BATCH_LIMIT = 25;
const TRANSACTION_LIMIT = 100;
/** A key, its project, and the project that it changes. */
const MAX_AUTHORITY_CHECKS = 3;
/** How many items are certainly written in one transaction. */
export const ITEMS_PER_TRANSACTION = TRANSACTION_LIMIT - MAX_AUTHORITY_CHECKS;
const MAX_TRIES = 8;

/**
 * A hundred transactions may want the same item at once, such as the count of a project's subscriptions. If each holds it for
 * 15 ms, and DynamoDB cancels those that meet it, these pauses let all of them succeed within three seconds.
 */
const MAX_TRANSACTION_TRIES = 20;
const MAX_PAUSE_MS = 500;

/**
 * Write items 25 at a time, and retry those that DynamoDB left unprocessed with growing pauses: 8 tries take up to 6 s.
 *
 * @throws Error if items are still unprocessed after these tries
 */
export async function writeAll(
  table: DataTable,
  requests: readonly WriteRequest[],
  mostTries = MAX_TRIES,
): Promise<void> {
  for (let from = 0; from < requests.length; from += BATCH_LIMIT) {
    let left: WriteRequest[] = requests.slice(from, from + BATCH_LIMIT);
    for (let tries = 1; left.length > 0; tries++) {
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.tableName]: left } }),
      );
      left = UnprocessedItems?.[table.tableName] ?? [];
      if (left.length > 0 && tries === mostTries)
        throw new Error(`${left.length} items were left unprocessed.`);
      if (left.length > 0) await pause(Math.random() * 25 * 2 ** tries);
    }
  }
}

/**
 * Write items in one transaction, or above {@link ITEMS_PER_TRANSACTION} in several, in order: callers put first the items that do
 * no harm if the rest is never written. A conflict with another transaction is retried here, because the SDK does not.
 *
 * @throws NotFoundError or UnauthorizedError if the authority of the present work is gone
 */
export async function transact(table: DataTable, items: readonly TransactItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += ITEMS_PER_TRANSACTION) {
    const some = items.slice(from, from + ITEMS_PER_TRANSACTION);
    const checks = authorityChecks(table.tableName, some);
    const TransactItems = [...some, ...checks.map(({ item }) => item)];
    try {
      await despiteConflicts(() => table.client.send(new TransactWriteCommand({ TransactItems })));
    } catch (error) {
      const failed = failedIndexes(error);
      const lost = checks.find((_, index) => failed.has(some.length + index));
      throw lost === undefined ? error : lost.error();
    }
  }
}

/**
 * Write one item. With an authority this is a transaction.
 *
 * @throws NotFoundError or UnauthorizedError if the authority of the present work is gone
 */
export const writeOne = async (table: DataTable, { Put, Update, Delete }: TransactItem): Promise<void> => {
  if (hasAuthority()) return transact(table, [{ Put, Update, Delete }]);
  if (Put !== undefined) await sendOne(table, new PutCommand(Put));
  else if (Update !== undefined) await sendOne(table, new UpdateCommand(Update));
  else if (Delete !== undefined) await sendOne(table, new DeleteCommand(Delete));
};

/** Send a write of one item. It may meet a transaction that writes the same item. */
export const sendOne = <Input extends PutCommand | UpdateCommand | DeleteCommand>(
  table: DataTable,
  command: Input,
) => despiteConflicts(() => table.client.send(command as UpdateCommand));

/** Write again with growing pauses while only other transactions are in the way. */
async function despiteConflicts<Output>(write: () => Promise<Output>): Promise<Output> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (tries === MAX_TRANSACTION_TRIES)
        throw new UnavailableError('Too much is being changed at once. Send the request again.');
      await pause(Math.random() * Math.min(25 * 2 ** tries, MAX_PAUSE_MS));
    }
  }
}

const TRANSIENT = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Return whether a write failed for transient reasons only, which the SDK does not retry. */
function isTransient(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).every(({ Code }) => TRANSIENT.has(Code ?? ''))
  );
}

/** Return whether a write, alone or in a transaction, failed because of its condition. */
function isConditionFailure(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || failedIndexes(error).size > 0;
}

/** Return the indexes of a transaction's items whose conditions did not hold. */
function failedIndexes(error: unknown): ReadonlySet<number> {
  if (!(error instanceof TransactionCanceledException)) return new Set();
  return new Set(
    (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
      Code === 'ConditionalCheckFailed' ? [index] : [],
    ),
  );
}

/**
 * Write items in one transaction. Return those whose conditions did not hold; nothing is written then. Of many items it takes
 * several, as {@link transact} does, and the conditional ones must be in the first.
 */
export async function failedConditions(
  table: DataTable,
  items: readonly TransactItem[],
): Promise<ReadonlySet<TransactItem>> {
  try {
    await transact(table, items);
    return new Set();
  } catch (error) {
    const failed = failedIndexes(error);
    if (failed.size === 0) throw error;
    return new Set(items.filter((_, index) => failed.has(index)));
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

/** The condition that there is such an item. */
export const IS_PRESENT = { ...IS_ABSENT, ConditionExpression: 'attribute_exists(#pk)' };

/** The condition that there is no such item, or that it has expired: TTL may not have deleted it yet. */
export const isAbsentOrExpired = ({ clock }: DataTable) => ({
  ConditionExpression: 'attribute_not_exists(#pk) OR #ttl <= :now',
  ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey, '#ttl': ATTRIBUTE.timeToLive },
  ExpressionAttributeValues: { ':now': toTimeToLive(clock()) },
});

/** Return a text that tells the item of one write from that of another. */
export const newStamp = ({ clock }: DataTable): string =>
  `${clock().toString(36)}-${Math.random().toString(36).slice(2)}`;

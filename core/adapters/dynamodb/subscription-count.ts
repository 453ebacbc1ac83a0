import { limitReached } from '../../kernel/errors.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { countPrefix, type DataTable, getItem } from './table.ts';
import { failedConditions, transact } from './write.ts';

/**
 * The number of a project's subscriptions, in an item of its own. It changes in the transaction that creates or deletes a
 * subscription, so creations at the same time cannot exceed the limit.
 *
 * `countedAt` is the time when the subscriptions themselves were last counted. Without it, as in a project of an earlier
 * version, `count` means nothing yet: no subscription is created before they are counted. `changes` grows with each creation and
 * deletion, so that a count is stored only if there was none meanwhile.
 *
 * Functions of earlier versions create and delete without counting during the minutes of an upgrade. The count is off by those
 * subscriptions until it reaches the limit, where they are counted again.
 *
 * Also what changes the item alone is a transaction: DynamoDB refuses other writes while a creation has the item, and the SDK
 * does not send them again.
 */

/** A project at its limit that keeps trying is counted no more often than this: it may take a hundred reads of 1 MB. */
const COUNTED_EVERY_MS = 10 * 60_000;

const NAMES = { '#count': 'count', '#changes': 'changes', '#countedAt': 'countedAt' };
type Name = keyof typeof NAMES;

const updateOf = (table: DataTable, project: string, names: readonly Name[]) => ({
  TableName: table.tableName,
  Key: KEY.subscriptionCount(project),
  ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, NAMES[name]])),
});

/** Return the write that counts a new subscription. Its condition fails at the limit, and before the first count. */
export const countCreated = (table: DataTable, project: string, limit: number) => ({
  Update: {
    ...updateOf(table, project, ['#count', '#changes', '#countedAt']),
    UpdateExpression: 'ADD #count :one, #changes :one',
    ConditionExpression: 'attribute_exists(#countedAt) AND #count < :limit',
    ExpressionAttributeValues: { ':one': 1, ':limit': limit },
  },
});

/** Return the write that counts a deleted subscription. */
export const countDeleted = (table: DataTable, project: string) => ({
  Update: {
    ...updateOf(table, project, ['#count', '#changes']),
    UpdateExpression: 'ADD #count :minusOne, #changes :one',
    ExpressionAttributeValues: { ':minusOne': -1, ':one': 1 },
  },
});

/**
 * Find out why a new subscription could not be counted, and count all of them if that may help. The caller tries again.
 *
 * @throws LimitReachedError if the project has as many as it may have
 */
export async function makeRoom(table: DataTable, project: string, limit: number): Promise<void> {
  const found = (await getItem(table, KEY.subscriptionCount(project))) as CountItem | undefined;
  if (found?.countedAt !== undefined) {
    if (found.count < limit) return;
    const isRecent = found.countedAt > table.clock() - COUNTED_EVERY_MS;
    if (isRecent || !(await claimCount(table, project, found.countedAt)))
      throw limitReached(limit, 'subscriptions');
  }
  await storeCount(table, project, await countAll(table, project), found?.changes);
}

interface CountItem {
  readonly count: number;
  readonly changes?: number;
  readonly countedAt?: number;
}

/** Make sure that only one of those that reach the limit counts. Return whether it is this one. */
async function claimCount(table: DataTable, project: string, countedAt: number): Promise<boolean> {
  const claim = {
    ...updateOf(table, project, ['#countedAt']),
    UpdateExpression: 'SET #countedAt = :now',
    ConditionExpression: '#countedAt = :before',
    ExpressionAttributeValues: { ':now': table.clock(), ':before': countedAt },
  };
  return (await failedConditions(table, [{ Update: claim }])).size === 0;
}

/** Store a count, unless subscriptions were created or deleted since `changes` was read. */
async function storeCount(
  table: DataTable,
  project: string,
  count: number,
  changes: number | undefined,
): Promise<void> {
  const update = {
    ...updateOf(table, project, ['#count', '#changes', '#countedAt']),
    UpdateExpression: 'SET #count = :count, #countedAt = :now',
    ConditionExpression: changes === undefined ? 'attribute_not_exists(#changes)' : '#changes = :changes',
    ExpressionAttributeValues: { ':count': count, ':now': table.clock(), ':changes': changes },
  };
  await failedConditions(table, [{ Update: update }]);
}

/** Count the items of a project's subscriptions. */
const countAll = (table: DataTable, project: string): Promise<number> =>
  countPrefix(table, PARTITION.project(project), PREFIX.subscription);

/** Return how many subscriptions a project has. */
export async function countSubscriptions(table: DataTable, project: string): Promise<number> {
  const found = (await getItem(table, KEY.subscriptionCount(project))) as CountItem | undefined;
  return found?.countedAt === undefined ? countAll(table, project) : found.count;
}

/** Remove the counts of a deleted project. */
export const forgetCount = (table: DataTable, project: string): Promise<void> =>
  transact(
    table,
    [KEY.subscriptionCount(project), KEY.runningJobs(project)].map((Key) => ({
      Delete: { TableName: table.tableName, Key },
    })),
  );

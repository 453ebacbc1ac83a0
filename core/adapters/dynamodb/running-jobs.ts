import { KEY } from './keys.ts';
import { type DataTable, getItem, type TransactItem } from './table.ts';

/**
 * The subscriptions of a project whose replay runs: a set in an item of its own, changed in the transactions that begin and end a
 * job, so that jobs that begin at once cannot exceed the limit. Functions of version 0.1 end jobs without it, and so does who deletes
 * the subscription: the set is compared with the jobs when it is full.
 */
export async function runningJobs(table: DataTable, project: string): Promise<ReadonlySet<string>> {
  const item = await getItem(table, KEY.runningJobs(project));
  return (item?.subscriptionIds as ReadonlySet<string> | undefined) ?? new Set();
}

/** Return the write that counts a job which begins. Its condition fails at the limit. */
export const jobBegins = (
  { tableName }: DataTable,
  project: string,
  subscriptionId: string,
  limit: number,
): TransactItem => ({
  Update: {
    TableName: tableName,
    Key: KEY.runningJobs(project),
    UpdateExpression: 'ADD subscriptionIds :ids',
    ConditionExpression:
      'attribute_not_exists(subscriptionIds) OR size(subscriptionIds) < :limit OR contains(subscriptionIds, :id)',
    ExpressionAttributeValues: {
      ':ids': new Set([subscriptionId]),
      ':id': subscriptionId,
      ':limit': limit,
    },
  },
});

/** Return the write that forgets jobs which have ended. */
export const jobsEnd = (
  { tableName }: DataTable,
  project: string,
  subscriptionIds: readonly string[],
): TransactItem => ({
  Update: {
    TableName: tableName,
    Key: KEY.runningJobs(project),
    UpdateExpression: 'DELETE subscriptionIds :ids',
    ExpressionAttributeValues: { ':ids': new Set(subscriptionIds) },
  },
});

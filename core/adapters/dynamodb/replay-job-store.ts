import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { isRunning, type ReplayJob } from '../../model/replay-job.ts';
import type { ReplayJobStore } from '../../ports/replay-job-store.ts';
import { claimKey, dueItem, isDueAt, itemKey, toDueWork } from './due-work.ts';
import { collectionPage } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { ifConditionHolds, isAbsentOrExpired, transact, writeOne } from './write.ts';

const { duePartitionKey, dueSortKey, timeToLive } = ATTRIBUTE;

/** Create the store of replay jobs. Until a job's pump is awake, the job is in the due index, where the sweeper finds it. */
export function replayJobStore(table: DataTable): ReplayJobStore {
  const { tableName: TableName } = table;
  const get = async (subscriptionId: string, id: string): Promise<ReplayJob | null> => {
    const item = await getItem(table, KEY.replayJob(subscriptionId, id));
    return isAlive(item, table) ? toJob(item) : null;
  };
  const lockOf = (subscriptionId: string): Promise<Item | undefined> =>
    getItem(table, KEY.replayLock(subscriptionId));

  return {
    async create(job, lease) {
      const { subscriptionId, id, expiresAt } = job;
      const item = dueItem(KEY.replayJob(subscriptionId, id), { kind: 'replay', job }, lease);
      const lock = {
        TableName,
        Item: { ...KEY.replayLock(subscriptionId), id, [timeToLive]: toTimeToLive(expiresAt) },
        ...isAbsentOrExpired(table),
      };
      const created = transact(table, [{ Put: lock }, { Put: { TableName, Item: item } }]);
      if ((await ifConditionHolds(created)) === null)
        throw new ConflictError(
          `A replay of this subscription is running: ${(await lockOf(subscriptionId))?.id}.`,
        );
      return { key: claimKey(item), lease };
    },

    async handOver({ key, lease }) {
      const { ExpressionAttributeNames, ...condition } = isDueAt(lease);
      const Update = {
        TableName,
        Key: itemKey(key),
        UpdateExpression: 'REMOVE #duePk, #dueAt',
        ...condition,
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#duePk': duePartitionKey },
      };
      await ifConditionHolds(writeOne(table, { Update }));
    },

    get,

    async running(subscriptionId) {
      const lock = await lockOf(subscriptionId);
      const job = lock === undefined ? null : await get(subscriptionId, lock.id as string);
      return job !== null && isRunning(job) ? job : null;
    },

    list(subscriptionId, page) {
      const partition = PARTITION.subscription(subscriptionId);
      const collection = { partition, prefix: PREFIX.replayJob, order: 'newest first' } as const;
      return collectionPage(table, collection, page, toJob);
    },

    async replace(job, next) {
      const put = { TableName, Item: itemOf(next), ...isAsRead(job) };
      if (isRunning(next)) return (await ifConditionHolds(writeOne(table, { Put: put }))) !== null;
      // In one transaction with the lock, so that another job can start as soon as this one has ended.
      const ended = transact(table, [
        { Put: put },
        { Delete: { TableName, Key: KEY.replayLock(job.subscriptionId) } },
      ]);
      return (await ifConditionHolds(ended)) !== null;
    },
  };
}

function itemOf(job: ReplayJob): Item {
  const {
    [duePartitionKey]: _shard,
    [dueSortKey]: _dueAt,
    ...item
  } = dueItem(KEY.replayJob(job.subscriptionId, job.id), { kind: 'replay', job }, 0);
  return item;
}

/** The condition that a job runs, and was not replaced since it was read. Versions before 0.2 stored no `nextDueAt`. */
const isAsRead = ({ nextDueAt }: ReplayJob) => ({
  ConditionExpression:
    '#state IN (:running, :counting) AND (attribute_not_exists(nextDueAt) OR nextDueAt = :nextDueAt)',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':running': 'running', ':counting': 'counting', ':nextDueAt': nextDueAt },
});

function toJob(item: Item): ReplayJob {
  const work = toDueWork(item);
  if (work.kind !== 'replay') throw new Error(`A ${work.kind} is among the replay jobs.`);
  return work.job;
}

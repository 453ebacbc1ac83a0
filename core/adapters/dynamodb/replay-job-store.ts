import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError, LimitReachedError } from '../../kernel/errors.ts';
import { isRunning, type ReplayJob } from '../../model/replay-job.ts';
import type { ReplayJobStore } from '../../ports/replay-job-store.ts';
import { collectionPage } from './collection-page.ts';
import { claimKey, dueItem, isDueAt, itemKey, toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { jobBegins, jobsEnd, runningJobs } from './running-jobs.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { failedConditions, ifConditionHolds, isAbsentOrExpired, transact, writeOne } from './write.ts';

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

  const running = async (subscriptionId: string): Promise<ReplayJob | null> => {
    const lock = await lockOf(subscriptionId);
    const job = lock === undefined ? null : await get(subscriptionId, lock.id as string);
    return job !== null && isRunning(job) ? job : null;
  };
  /** Forget the jobs that ended without being counted. Return whether there were any. */
  const forgetEnded = async (project: string): Promise<boolean> => {
    const ended: string[] = [];
    for (const id of await runningJobs(table, project)) if ((await running(id)) === null) ended.push(id);
    if (ended.length > 0) await transact(table, [jobsEnd(table, project, ended)]);
    return ended.length > 0;
  };

  return {
    async create(job, lease, limit = Number.MAX_SAFE_INTEGER) {
      const { project, subscriptionId, id, expiresAt } = job;
      const item = dueItem(KEY.replayJob(subscriptionId, id), { kind: 'replay', job }, lease);
      const lock = {
        Put: {
          TableName,
          Item: { ...KEY.replayLock(subscriptionId), id, [timeToLive]: toTimeToLive(expiresAt) },
          ...isAbsentOrExpired(table),
        },
      };
      const listed = {
        Put: {
          TableName,
          Item: {
            ...KEY.replayOfProject(project, id),
            ...{ id, subscriptionId, [timeToLive]: toTimeToLive(expiresAt) },
          },
        },
      };
      const counted = jobBegins(table, project, subscriptionId, limit);
      const create = () =>
        failedConditions(table, [lock, counted, { Put: { TableName, Item: item } }, listed]);
      let failed = await create();
      if (failed.has(counted) && (await forgetEnded(project))) failed = await create();
      if (failed.has(lock))
        throw new ConflictError(
          `A replay of this subscription is running: ${(await lockOf(subscriptionId))?.id}.`,
        );
      if (failed.has(counted))
        throw new LimitReachedError(
          `A project may run ${limit.toLocaleString('en')} replays at once. Wait until one has ended, or cancel one.`,
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

    running,

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
        jobsEnd(table, job.project, [job.subscriptionId]),
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

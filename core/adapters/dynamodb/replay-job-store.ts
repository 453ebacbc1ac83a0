import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { isRunning, type ReplayJob } from '../../model/replay-job.ts';
import type { ReplayJobStore } from '../../ports/replay-job-store.ts';
import { claimKey, dueItem, isDueAt, replaceClaimed, toDueWork } from './due-work.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { ifConditionHolds, isAbsentOrExpired, transact } from './write.ts';

/** Create the store of replay jobs. A running job is in the due index, so the sweeper finds it again if its function dies. */
export function replayJobStore(table: DataTable): ReplayJobStore {
  const { tableName: TableName } = table;
  return {
    async create(job, lease) {
      const { subscriptionId, id, expiresAt } = job;
      const item = itemOf(job, lease);
      const lock = {
        TableName,
        Item: { ...KEY.replayLock(subscriptionId), id, [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt) },
        ...isAbsentOrExpired(table),
      };
      const created = transact(table, [{ Put: lock }, { Put: { TableName, Item: item } }]);
      if ((await ifConditionHolds(created)) === null) {
        const running = await getItem(table, KEY.replayLock(subscriptionId));
        throw new ConflictError(`A replay of this subscription is running: ${running?.id}.`);
      }
      return { key: claimKey(item), lease };
    },

    async get(subscriptionId, id) {
      const item = await getItem(table, KEY.replayJob(subscriptionId, id));
      return isAlive(item, table) ? toJob(item) : null;
    },

    async save(claim, job, lease) {
      const item = itemOf(job, lease);
      const next = { key: claim.key, lease };
      if (isRunning(job)) return (await replaceClaimed(table, claim, item)) ? next : null;
      // In one transaction with the lock, so that another job can start as soon as this one has ended.
      const ended = transact(table, [
        { Put: { TableName, Item: item, ...isDueAt(claim.lease) } },
        { Delete: { TableName, Key: KEY.replayLock(job.subscriptionId) } },
      ]);
      return (await ifConditionHolds(ended)) === null ? null : next;
    },
  };
}

function itemOf(job: ReplayJob, lease: number): Item {
  const item = dueItem(KEY.replayJob(job.subscriptionId, job.id), { kind: 'replay', job }, lease);
  if (isRunning(job)) return item;
  const { [ATTRIBUTE.duePartitionKey]: _shard, [ATTRIBUTE.dueSortKey]: _dueAt, ...ended } = item;
  return ended;
}

function toJob(item: Item): ReplayJob {
  const work = toDueWork(item);
  if (work.kind !== 'replay') throw new Error(`A ${work.kind} is among the replay jobs.`);
  return work.job;
}

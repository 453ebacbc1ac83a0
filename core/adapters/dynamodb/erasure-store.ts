import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { DAY_MS } from '../../kernel/clock.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { type ErasureJob, holdsLock } from '../../model/erasure-job.ts';
import type { ErasureStore } from '../../ports/erasure-store.ts';
import { collectionPage } from './collection-page.ts';
import { claimKey, dueItem, isDueAt, swept, toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import {
  failedConditions,
  ifConditionHolds,
  isAbsentOrExpired,
  sendOne,
  transact,
  writeOne,
} from './write.ts';

const { duePartitionKey, dueSortKey, timeToLive } = ATTRIBUTE;

/** Longer than a message may stay in the queues, with its stays in a dead-letter queue and two redrives. */
const NOTED_MS = 60 * DAY_MS;

/** Create the store of erasures. What is under way is in the due index, where the sweeper finds it. */
export function erasureStore(table: DataTable): ErasureStore {
  const { tableName: TableName } = table;
  return {
    async repeatAt({ project, id: eventId, expiresAt }, dueAt) {
      const work = { kind: 'erased-event', project, eventId } as const;
      const item = dueItem(KEY.erasedEvent(project, eventId), work, dueAt);
      await writeOne(table, {
        Put: { TableName, Item: { ...item, [timeToLive]: toTimeToLive(expiresAt) } },
      });
    },

    async note(project, at) {
      const update = new UpdateCommand({
        TableName,
        Key: KEY.erasures(project),
        UpdateExpression: 'SET erasedAt = :at, #ttl = :expiresAt',
        ConditionExpression: 'attribute_not_exists(erasedAt) OR erasedAt < :at',
        ExpressionAttributeNames: { '#ttl': timeToLive },
        ExpressionAttributeValues: { ':at': at, ':expiresAt': toTimeToLive(Date.parse(at) + NOTED_MS) },
      });
      await ifConditionHolds(sendOne(table, update));
    },

    async latest(project) {
      const item = await getItem(table, KEY.erasures(project));
      return isAlive(item, table) ? (item.erasedAt as string) : '';
    },

    async create(job, lease) {
      const { project, id, expiresAt } = job;
      const Item = dueItem(KEY.erasureJob(project, id), { kind: 'erasure', job }, lease);
      const lock = {
        Put: {
          TableName,
          Item: { ...KEY.erasureLock(project), id, [timeToLive]: toTimeToLive(expiresAt) },
          ...isAbsentOrExpired(table),
        },
      };
      const failed = await failedConditions(table, [lock, { Put: { TableName, Item } }]);
      if (failed.has(lock)) {
        const running = await getItem(table, KEY.erasureLock(project));
        throw new ConflictError(`An erasure of this project is running: ${running?.id}.`);
      }
      return { key: claimKey(Item), lease };
    },

    async get(project, id) {
      const item = await getItem(table, KEY.erasureJob(project, id));
      return isAlive(item, table) ? toJob(item) : null;
    },

    list(project, page) {
      const partition = PARTITION.project(project);
      const collection = { partition, prefix: PREFIX.erasure, order: 'newest first' } as const;
      return collectionPage(table, collection, page, toJob);
    },

    async replace(claim, job, next, lease) {
      const item = dueItem(KEY.erasureJob(job.project, job.id), { kind: 'erasure', job: next }, lease);
      const { [duePartitionKey]: _shard, [dueSortKey]: _dueAt, [swept]: _swept, ...ended } = item;
      const isRunning = next.state === 'running';
      const put = { TableName, Item: isRunning ? item : ended, ...isDueAt(claim.lease) };
      // In one transaction with the lock, so that another job can start as soon as this one has been through the log.
      const written =
        holdsLock(job) && !holdsLock(next)
          ? transact(table, [{ Put: put }, { Delete: { TableName, Key: KEY.erasureLock(job.project) } }])
          : sendOne(table, new PutCommand(put));
      if ((await ifConditionHolds<unknown>(written)) === null) return null;
      return isRunning ? { key: claim.key, lease } : claim;
    },
  };
}

function toJob(item: Item): ErasureJob {
  const work = toDueWork(item);
  if (work.kind !== 'erasure') throw new Error(`A ${work.kind} is among the erasures.`);
  return work.job;
}

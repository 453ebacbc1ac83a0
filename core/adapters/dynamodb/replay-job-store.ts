import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { isRunning, type ReplayJob } from '../../domain/replay.ts';
import type { ReplayJobStore } from '../../ports.ts';
import { claimKey, dueItem, replaceClaimed, toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, isAlive, queryCollection } from './table.ts';

/** Jobs of a subscription. While one runs it is in the due index, so a job whose function died is found again. */
export function replayJobStore(table: DataTable): ReplayJobStore {
  const { client, tableName: TableName } = table;
  return {
    async create(job, lease) {
      const item = itemOf(job, lease);
      await client.send(new PutCommand({ TableName, Item: item }));
      return { key: claimKey(item), lease };
    },

    async get(subscriptionId, id) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: KEY.replayJob(subscriptionId, id), ConsistentRead: true }),
      );
      return isAlive(Item, table) ? toJob(Item) : null;
    },

    async latest(subscriptionId) {
      const collection = {
        partition: PARTITION.subscription(subscriptionId),
        prefix: PREFIX.replayJob,
        order: 'newest first',
      } as const;
      const { items } = await queryCollection(table, collection, { limit: 1, cursor: null });
      return items[0] === undefined ? null : toJob(items[0]);
    },

    async save(claim, job, lease) {
      return (await replaceClaimed(table, claim, itemOf(job, lease))) ? { key: claim.key, lease } : null;
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

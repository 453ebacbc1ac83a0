import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import type { ParkedDelivery } from '../../model/delivery.ts';
import type { DueWork, LegacyBreaker } from '../../model/due-work.ts';
import type { ErasureJob } from '../../model/erasure-job.ts';
import type { ReplayJob } from '../../model/replay-job.ts';
import { CALLED_AGAIN_MS, DUE_SHARDS, type DueEntry, type DueWorkStore } from '../../ports/due-work-store.ts';
import { PARTITION, PREFIX, shardOf } from './keys.ts';
import { type DataTable, getItem, type Item, toTimeToLive } from './table.ts';
import { ifConditionHolds, sendOne } from './write.ts';

const { partitionKey, sortKey, duePartitionKey, dueSortKey, timeToLive } = ATTRIBUTE;

/**
 * The attribute that is set while the sweeper's message is under way: until when a claim holds work, or when a pump was last
 * called.
 */
export const swept = 'swept';

/**
 * Create the store of due work. `dueAt`, the sort key of the due index, is the due time at first and the end of the lease while
 * the work is claimed. So a lease needs no attribute of its own, and the same query finds due work and abandoned claims.
 */
export function dueWorkStore(table: DataTable): DueWorkStore {
  const { client, tableName: TableName } = table;
  /** Move an item in the due index if it still has this due time. Return the item, or null. */
  const moveTo = async (
    key: string,
    dueAt: number,
    UpdateExpression: string,
    lease: number,
  ): Promise<Item | null> => {
    const condition = isDueAt(dueAt);
    const update = new UpdateCommand({
      TableName,
      Key: itemKey(key),
      UpdateExpression,
      ...condition,
      ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':lease': lease },
      ReturnValues: 'ALL_NEW',
    });
    return (await ifConditionHolds(sendOne(table, update)))?.Attributes ?? null;
  };

  return {
    async due(shard, until, { limit, cursor }) {
      const [key, dueAt] = cursor === null ? [] : (JSON.parse(cursor) as [string, number]);
      const from = key && { ...itemKey(key), [duePartitionKey]: PARTITION.due(shard), [dueSortKey]: dueAt };
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: INDEX.due,
          KeyConditionExpression: '#pk = :pk AND #dueAt <= :until',
          ExpressionAttributeNames: { '#pk': duePartitionKey, '#dueAt': dueSortKey },
          ExpressionAttributeValues: { ':pk': PARTITION.due(shard), ':until': until },
          Limit: limit,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      const entryOf = (item: Item): DueEntry => ({
        key: claimKey(item),
        dueAt: item[dueSortKey] as number,
        isPump: item[sortKey] === PREFIX.flow,
      });
      const last = LastEvaluatedKey && entryOf(LastEvaluatedKey);
      return { items: Items.map(entryOf), cursor: last ? JSON.stringify([last.key, last.dueAt]) : null };
    },

    async claim({ key, dueAt }, lease) {
      const item = await moveTo(key, dueAt, `SET #dueAt = :lease, ${swept} = :lease`, lease);
      return item === null ? null : ownerOf(item);
    },

    async callPump({ key, dueAt }, now) {
      const condition = isDueAt(dueAt);
      const update = new UpdateCommand({
        TableName,
        Key: itemKey(key),
        UpdateExpression: `SET ${swept} = :now`,
        ...condition,
        ConditionExpression: `${condition.ConditionExpression} AND (attribute_not_exists(${swept}) OR ${swept} <= :before) AND (attribute_not_exists(leaseEnds) OR leaseEnds <= :now)`,
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ':now': now,
          ':before': now - CALLED_AGAIN_MS,
        },
        ReturnValues: 'ALL_NEW',
      });
      const item = (await ifConditionHolds(sendOne(table, update)))?.Attributes;
      // A lease that is over is that of a pump that has died.
      return item === undefined
        ? null
        : { ...ownerOf(item), dueAt: item.leaseEnds === undefined ? dueAt : now };
    },

    async claimed(claim, lease) {
      const { key } = claim;
      const item = await getItem(table, itemKey(key));
      if (item === undefined) return null;
      if (item[dueSortKey] === claim.lease) return { claim, work: toDueWork(item) };
      if (item[swept] === undefined) return null;
      const taken = await moveTo(key, Number(item[dueSortKey]), `SET #dueAt = :lease REMOVE ${swept}`, lease);
      return taken === null ? null : { claim: { key, lease }, work: toDueWork(taken) };
    },

    async complete({ key, lease }) {
      await ifConditionHolds(
        sendOne(table, new DeleteCommand({ TableName, Key: itemKey(key), ...isDueAt(lease) })),
      );
    },
  };
}

const ownerOf = ({ project, subscriptionId }: Item) => ({
  project: project as string,
  subscriptionId: subscriptionId as string,
});

/**
 * Return the partition of the due index that an item with this key belongs to. Pumps and erasures have partitions of their own: the
 * sweeper of version 0.1, which may still run, reads the first eight alone, and would claim a pump instead of calling it, or take an
 * erasure for a replay.
 */
export function duePartition(key: Item): string {
  const [pk, sk] = [key[partitionKey] as string, key[sortKey] as string];
  const shard = shardOf(CLAIM_SHARDS, pk, sk);
  const isNew = sk === PREFIX.flow || sk.startsWith(PREFIX.erasure);
  return PARTITION.due(isNew ? CLAIM_SHARDS + shard : shard);
}

const CLAIM_SHARDS = DUE_SHARDS / 2;

/** Return the item of due work. */
export function dueItem(key: Item, work: DueWork, dueAt: number): Item {
  return {
    ...key,
    kind: work.kind,
    ...attributesOf(work),
    [duePartitionKey]: duePartition(key),
    [dueSortKey]: dueAt,
  };
}

function attributesOf(work: DueWork): object {
  if (work.kind === 'delivery') return work.delivery;
  if (work.kind === 'breaker') return work.breaker;
  if (work.kind === 'erased-event') return { project: work.project, eventId: work.eventId };
  return { ...work.job, [timeToLive]: toTimeToLive(work.job.expiresAt) };
}

/** Read an item that {@link dueItem} made. */
export function toDueWork(item: Item): DueWork {
  const { [partitionKey]: _pk, [sortKey]: _sk, [duePartitionKey]: _due, [dueSortKey]: _at, ...rest } = item;
  const { kind, [swept]: _swept, ...attributes } = rest;
  if (kind === 'delivery') return { kind, delivery: attributes as unknown as ParkedDelivery };
  if (kind === 'breaker') return { kind, breaker: attributes as unknown as LegacyBreaker };
  if (kind === 'erasure') return { kind, job: toErasureJob(attributes) };
  if (kind === 'erased-event')
    return { kind, project: attributes.project as string, eventId: attributes.eventId as string };
  return { kind: 'replay', job: toReplayJob(attributes) };
}

const toErasureJob = ({ [timeToLive]: ttl, ...attributes }: Item): ErasureJob =>
  ({ ...attributes, expiresAt: Number(ttl) * 1000 }) as unknown as ErasureJob;

/** A job of a version before 0.2 begins again if it was still counting its deliveries. */
function toReplayJob({ [timeToLive]: ttl, total: _total, ...attributes }: Item): ReplayJob {
  const isCounting = attributes.state === 'counting';
  return {
    nextDueAt: Date.parse(attributes.requestedAt as string),
    reachedAt: null,
    ...attributes,
    ...(isCounting && { state: 'running', cursor: null }),
    expiresAt: Number(ttl) * 1000,
  } as unknown as ReplayJob;
}

export const claimKey = (key: Item): string => JSON.stringify([key[partitionKey], key[sortKey]]);

export function itemKey(key: string): Item {
  const [pk, sk] = JSON.parse(key) as [string, string];
  return { [partitionKey]: pk, [sortKey]: sk };
}

export const isDueAt = (dueAt: number) => ({
  ConditionExpression: '#dueAt = :seen',
  ExpressionAttributeNames: { '#dueAt': dueSortKey },
  ExpressionAttributeValues: { ':seen': dueAt },
});

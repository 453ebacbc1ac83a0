import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import type { Breaker } from '../../model/breaker.ts';
import { DUE_SHARDS } from '../../ports/due-work-store.ts';
import { toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import type { DataTable, Item } from './table.ts';

const { partitionKey, sortKey, duePartitionKey, dueSortKey } = ATTRIBUTE;

/** An item of due work. */
export interface Waiting {
  readonly kind: 'parked' | 'held' | 'breaker' | 'replay';
  readonly subscriptionId: string;
  /** In milliseconds since the epoch. While the work is claimed, this is the end of the lease. */
  readonly dueAt: number;
}

/** Create the operators' view of due work. It reads the whole due index, at one read unit per 25 entries. */
export function dueSurvey({ client, tableName: TableName }: DataTable) {
  const ofShard = async (shard: number): Promise<Waiting[]> => {
    const found: Waiting[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        IndexName: INDEX.due,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': duePartitionKey },
        ExpressionAttributeValues: { ':pk': PARTITION.due(shard) },
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map(toWaiting));
    return found;
  };

  return {
    /** List all due work, the earliest first. */
    async all(): Promise<Waiting[]> {
      const shards = await Promise.all(Array.from({ length: DUE_SHARDS }, (_, shard) => ofShard(shard)));
      return shards.flat().toSorted((x, y) => x.dueAt - y.dueAt);
    },
    async breaker(subscriptionId: string): Promise<Breaker | null> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: KEY.breaker(subscriptionId) }));
      const work = Item && toDueWork(Item);
      return work?.kind === 'breaker' ? work.breaker : null;
    },
  };
}

const KINDS = [
  [PREFIX.pending, 'parked'],
  [PREFIX.held, 'held'],
  [PREFIX.replayJob, 'replay'],
  [PREFIX.breaker, 'breaker'],
] as const;

function toWaiting(item: Item): Waiting {
  const kind = KINDS.find(([prefix]) => String(item[sortKey]).startsWith(prefix))?.[1];
  if (kind === undefined) throw new Error(`The due index has an entry of no known kind: ${item[sortKey]}`);
  const subscriptionId = String(item[partitionKey]).slice(PARTITION.subscription('').length);
  return { kind, subscriptionId, dueAt: Number(item[dueSortKey]) };
}

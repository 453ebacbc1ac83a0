import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE, INDEX } from '../../contract.ts';
import { DUE_SHARDS } from '../../ports/due-work-store.ts';
import { PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, type Item } from './table.ts';

const { partitionKey, sortKey, duePartitionKey, dueSortKey } = ATTRIBUTE;

/** An item of due work. `legacy` is what versions before 0.2 parked, held or had a breaker for. */
export interface Waiting {
  readonly kind: 'pump' | 'replay' | 'legacy';
  readonly project: string;
  readonly subscriptionId: string;
  /** In milliseconds since the epoch. While the work is claimed, this is the end of the lease. */
  readonly dueAt: number;
}

/** Create the operators' view of due work. It reads the whole due index, and each of its items. */
export function dueSurvey(table: DataTable) {
  const { client, tableName: TableName } = table;
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
    for await (const { Items = [] } of pages)
      found.push(...(await Promise.all(Items.map((entry) => toWaiting(table, entry)))));
    return found;
  };

  return {
    /** List all due work, the earliest first. */
    async all(): Promise<Waiting[]> {
      const shards = await Promise.all(Array.from({ length: DUE_SHARDS }, (_, shard) => ofShard(shard)));
      return shards.flat().toSorted((x, y) => x.dueAt - y.dueAt);
    },
  };
}

async function toWaiting(
  table: DataTable,
  { [partitionKey]: pk, [sortKey]: sk, [dueSortKey]: dueAt }: Item,
): Promise<Waiting> {
  const item = await getItem(table, { [partitionKey]: pk, [sortKey]: sk });
  const subscriptionId = String(pk).slice(PARTITION.subscription('').length);
  return { kind: kindOf(String(sk)), project: String(item?.project), subscriptionId, dueAt: Number(dueAt) };
}

function kindOf(key: string): Waiting['kind'] {
  if (key === PREFIX.flow) return 'pump';
  return key.startsWith(PREFIX.replayJob) ? 'replay' : 'legacy';
}

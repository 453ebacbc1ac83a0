import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { DURATION_LIMITS, type Stretch, TRAFFIC_KEPT_MS } from '../../model/traffic.ts';
import type { TrafficStore } from '../../ports/traffic-store.ts';
import { KEY, PARTITION, TRAFFIC_SHARDS } from './keys.ts';
import { type DataTable, type Item, queryRange, toTimeToLive } from './table.ts';

const COUNTS = ['succeeded', 'retrying', 'failed'] as const;
const durationName = (place: number) => `d${place}`;

/**
 * Create the store of traffic. Each stretch is spread over several items, because a single one would be hot. Each count is an
 * attribute, to which DynamoDB adds without a read.
 */
export function trafficStore(table: DataTable): TrafficStore {
  return {
    async add(project, { at, durations, ...counts }) {
      const added = Object.entries({
        ...counts,
        ...Object.fromEntries(durations.map((count, place) => [durationName(place), count])),
      }).filter(([, count]) => count > 0);
      const shard = Math.floor(Math.random() * TRAFFIC_SHARDS);
      await table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: KEY.traffic(project, shard, at),
          UpdateExpression: `ADD ${added.map(([name]) => `${name} :${name}`).join(', ')} SET #expiresAt = :expiresAt`,
          ExpressionAttributeNames: { '#expiresAt': ATTRIBUTE.timeToLive },
          ExpressionAttributeValues: {
            ...Object.fromEntries(added.map(([name, count]) => [`:${name}`, count])),
            ':expiresAt': toTimeToLive(at + TRAFFIC_KEPT_MS),
          },
        }),
      );
    },

    async read(project, since, until) {
      const shards = Array.from({ length: TRAFFIC_SHARDS }, (_, shard) => PARTITION.traffic(project, shard));
      const [from, to] = [KEY.traffic(project, 0, since), KEY.traffic(project, 0, until)];
      const range = { from: from[ATTRIBUTE.sortKey], to: to[ATTRIBUTE.sortKey] };
      const items = await Promise.all(shards.map((partition) => queryRange(table, { partition, ...range })));
      return items
        .flat()
        .map(toStretch)
        .filter(({ at }) => at < until);
    },
  };
}

function toStretch(item: Item): Stretch {
  const count = (name: string) => Number(item[name] ?? 0);
  const [succeeded = 0, retrying = 0, failed = 0] = COUNTS.map(count);
  const at = Date.parse(item[ATTRIBUTE.sortKey] as string);
  return {
    at,
    succeeded,
    retrying,
    failed,
    durations: DURATION_LIMITS.map((_, place) => count(durationName(place))),
  };
}

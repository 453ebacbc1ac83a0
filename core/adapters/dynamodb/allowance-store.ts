import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { AllowanceStore, Bucket } from '../../ports/allowance-store.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { ifConditionHolds } from './write.ts';

const DAY_MS = 86_400_000;

/**
 * Create the store of what projects may publish. An item has one time, until which its bucket's tokens are taken: the generic cell
 * rate algorithm (ITU-T I.371). Two writers never undo each other's, because each adds to that time.
 */
export function allowanceStore(table: DataTable): AllowanceStore {
  const { client, tableName: TableName, clock } = table;
  const read = async (project: string): Promise<Item | undefined> => {
    const item = await getItem(table, KEY.allowance(project));
    return isAlive(item, table) ? item : undefined;
  };
  return {
    async take(project, bucket, tokens, bytes, inAdvanceMs = 0) {
      const cost = (tokens * 1000) / bucket.perSecond;
      for (;;) {
        const now = clock();
        const latest = now + spanOf(bucket) + inAdvanceMs - cost;
        const update = async (takenUntil: string, condition: string, values: Item) => {
          const command = new UpdateCommand({
            TableName,
            Key: KEY.allowance(project),
            UpdateExpression: `SET takenUntil = ${takenUntil} + :cost, #ttl = :ttl ADD #today :bytes REMOVE #yesterday`,
            ConditionExpression: condition,
            ExpressionAttributeNames: {
              '#today': bytesOf(now),
              '#yesterday': bytesOf(now - DAY_MS),
              '#ttl': ATTRIBUTE.timeToLive,
            },
            ExpressionAttributeValues: {
              ...{ ':cost': cost, ':bytes': bytes, ':now': now },
              ...{ ':ttl': toTimeToLive(now + 2 * DAY_MS), ...values },
            },
            ReturnValues: 'UPDATED_NEW',
          });
          return (await ifConditionHolds(client.send(command)))?.Attributes;
        };
        const taken =
          (await update('takenUntil', 'takenUntil > :now AND takenUntil <= :latest', {
            ':latest': latest,
          })) ?? (await update(':now', 'attribute_not_exists(takenUntil) OR takenUntil <= :now', {}));
        if (taken !== undefined) {
          const waitMs = Math.max(0, Number(taken.takenUntil) - spanOf(bucket) - now);
          return { isTaken: true, waitMs, bytesToday: Number(taken[bytesOf(now)]) };
        }
        const item = await read(project);
        const waitMs = Number(item?.takenUntil) + cost - spanOf(bucket) - now;
        // Otherwise tokens have come meanwhile.
        if (waitMs > inAdvanceMs)
          return { isTaken: false, waitMs, bytesToday: Number(item?.[bytesOf(now)] ?? 0) };
      }
    },

    async read(project, bucket) {
      const item = await read(project);
      const now = clock();
      const ahead = Math.max(0, Number(item?.takenUntil ?? 0) - now);
      return {
        tokens: Math.max(0, Math.floor(((spanOf(bucket) - ahead) * bucket.perSecond) / 1000)),
        bytesToday: Number(item?.[bytesOf(now)] ?? 0),
      };
    },
  };
}

/** Return how many milliseconds it takes to fill a bucket. */
const spanOf = ({ perSecond, burst }: Bucket) => (burst * 1000) / perSecond;

const bytesOf = (at: number) => `bytes-${new Date(at).toISOString().slice(0, 10)}`;

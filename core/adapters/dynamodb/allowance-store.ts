import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { DAY_MS } from '../../kernel/clock.ts';
import type { AllowanceStore, Bucket } from '../../ports/allowance-store.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { ifConditionHolds } from './write.ts';

/**
 * Create the store of what projects may publish. An item has one time, until which its bucket's tokens are taken: the generic cell
 * rate algorithm (ITU-T I.371). Two writers never undo each other's, because each adds to that time.
 */
export function allowanceStore(table: DataTable): AllowanceStore {
  const { clock } = table;
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
        const taking = { project, cost, bytes, now };
        // Most projects publish less than they may: their tokens are seldom taken beyond the present.
        const taken =
          (await takeIf(table, taking, { from: ':now', condition: IS_FULL })) ??
          (await takeIf(table, taking, { from: 'takenUntil', condition: HAS_TOKENS, latest }));
        if (taken !== null) {
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

interface Taking {
  readonly project: string;
  /** How many milliseconds it takes until there are as many tokens again. */
  readonly cost: number;
  readonly bytes: number;
  readonly now: number;
}

const IS_FULL = 'attribute_not_exists(takenUntil) OR takenUntil <= :now';
const HAS_TOKENS = 'takenUntil > :now AND takenUntil <= :latest';

/** Take tokens if a condition on the bucket holds. Return what was written, or null. */
async function takeIf(
  { client, tableName: TableName }: DataTable,
  { project, cost, bytes, now }: Taking,
  { from, condition, latest }: { from: ':now' | 'takenUntil'; condition: string; latest?: number },
): Promise<Item | null> {
  const command = new UpdateCommand({
    TableName,
    Key: KEY.allowance(project),
    UpdateExpression: `SET takenUntil = ${from} + :cost, #ttl = :ttl ADD #today :bytes REMOVE #yesterday`,
    ConditionExpression: condition,
    ExpressionAttributeNames: {
      '#today': bytesOf(now),
      '#yesterday': bytesOf(now - DAY_MS),
      '#ttl': ATTRIBUTE.timeToLive,
    },
    ExpressionAttributeValues: {
      ...{ ':cost': cost, ':bytes': bytes, ':now': now, ':ttl': toTimeToLive(now + 2 * DAY_MS) },
      ...(latest !== undefined && { ':latest': latest }),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  const output = await ifConditionHolds(client.send(command));
  return output === null ? null : (output.Attributes ?? {});
}

/** Return how many milliseconds it takes to fill a bucket. */
const spanOf = ({ perSecond, burst }: Bucket) => (burst * 1000) / perSecond;

const bytesOf = (at: number) => `bytes-${new Date(at).toISOString().slice(0, 10)}`;

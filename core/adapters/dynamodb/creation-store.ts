import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { CreationRecord, CreationStore } from '../../ports/creation-store.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, type Item, isAlive, toTimeToLive } from './table.ts';
import { ifConditionHolds, isAbsentOrExpired } from './write.ts';

/** Create the store of creations with an Idempotency-Key. */
export function creationStore(table: DataTable): CreationStore {
  const { client, tableName: TableName } = table;

  const get = async (id: string): Promise<CreationRecord | null> => {
    const item = await getItem(table, KEY.creation(id));
    return isAlive(item, table) ? toRecord(item) : null;
  };

  return {
    async claim(record) {
      const put = new PutCommand({ TableName, Item: toItem(record), ...isAbsentOrExpired(table) });
      for (;;) {
        if ((await ifConditionHolds(client.send(put))) !== null) return null;
        const found = await get(record.id);
        // If it is the same record, the client repeated a write whose response was lost. No two records are sealed alike.
        if (found !== null) return Buffer.compare(found.sealed, record.sealed) === 0 ? null : found;
        // The other record was just removed or has expired: try again.
      }
    },

    async replace(lease, record) {
      const put = new PutCommand({ TableName, Item: toItem(record), ...isLeasedUntil(lease) });
      return (await ifConditionHolds(client.send(put))) !== null;
    },

    async remove(id, lease) {
      await ifConditionHolds(
        client.send(new DeleteCommand({ TableName, Key: KEY.creation(id), ...isLeasedUntil(lease) })),
      );
    },
  };
}

const isLeasedUntil = (lease: number) => ({
  ConditionExpression: 'lease = :lease',
  ExpressionAttributeValues: { ':lease': lease },
});

const toItem = ({ id, expiresAt, ...rest }: CreationRecord): Item => ({
  ...KEY.creation(id),
  id,
  ...rest,
  [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
});

function toRecord(item: Item): CreationRecord {
  const { id, creator, dataKey, fingerprint, isDone, sealed, lease } = item;
  const expiresAt = Number(item[ATTRIBUTE.timeToLive]) * 1000;
  return {
    id,
    ...(creator !== undefined && { creator }),
    ...(dataKey !== undefined && { dataKey }),
    ...{ fingerprint, isDone, sealed, lease, expiresAt },
  } as CreationRecord;
}

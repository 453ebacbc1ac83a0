import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { FanOutPosition } from '../../model/event-message.ts';
import type { FanOutPositions, FanOutRun } from '../../ports/fan-out-positions.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, isAlive, toTimeToLive } from './table.ts';
import { isAbsentOrExpired, newStamp } from './write.ts';

/** Create the store of positions. Reading and moving one cost a unit each. */
export function fanOutPositions(table: DataTable): FanOutPositions {
  const { client, tableName: TableName } = table;
  return {
    async get(run) {
      const item = await getItem(table, keyOf(run));
      if (!isAlive(item, table)) return null;
      const { pattern, cursor } = item as unknown as FanOutPosition;
      return { pattern, cursor };
    },

    async move(run, from, { pattern, cursor }) {
      const stamp = newStamp(table);
      const expiry = { [ATTRIBUTE.timeToLive]: toTimeToLive(run.event.expiresAt) };
      const put = new PutCommand({
        TableName,
        Item: { ...keyOf(run), pattern, cursor, stamp, ...expiry },
        ...(from === null ? isAbsentOrExpired(table) : isAt(from)),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(put);
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The client repeats a request whose response was lost: then the item is this request's own.
        return error.Item?.stamp?.S === stamp;
      }
    },
  };
}

const keyOf = ({ event: { project, id }, replay }: FanOutRun) => KEY.fanOut(project, id, replay?.id);

const isAt = ({ pattern, cursor }: FanOutPosition) => ({
  ConditionExpression: '#pattern = :pattern AND #cursor = :cursor',
  ExpressionAttributeNames: { '#pattern': 'pattern', '#cursor': 'cursor' },
  ExpressionAttributeValues: { ':pattern': pattern, ':cursor': cursor },
});

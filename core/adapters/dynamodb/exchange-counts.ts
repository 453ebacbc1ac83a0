import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { DAY_MS } from '../../kernel/clock.ts';
import type { ExchangeCounts } from '../../ports/exchange-counts.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItem, toTimeToLive } from './table.ts';

/** Longer than clocks differ and a day lasts. */
const KEPT_MS = 2 * DAY_MS;

/** Create the counts of what is logged in full: an item for each minute of a subscription and each day of a project. */
export function exchangeCounts(table: DataTable): ExchangeCounts {
  const { client, tableName: TableName } = table;
  const add = async (name: string, from: number, amount: number): Promise<number> => {
    const command = new UpdateCommand({
      TableName,
      Key: KEY.exchangeCount(name, from),
      UpdateExpression: 'ADD amount :amount SET #ttl = :ttl',
      ExpressionAttributeNames: { '#ttl': ATTRIBUTE.timeToLive },
      ExpressionAttributeValues: { ':amount': amount, ':ttl': toTimeToLive(from + KEPT_MS) },
      ReturnValues: 'UPDATED_NEW',
    });
    return Number((await client.send(command)).Attributes?.amount);
  };
  return {
    addFailures: (subscriptionId, minute, failures) => add(`SUB#${subscriptionId}`, minute, failures),
    addBytes: (project, day, bytes) => add(nameOf(project), day, bytes),
    bytes: async (project, day) =>
      Number((await getItem(table, KEY.exchangeCount(nameOf(project), day)))?.amount ?? 0),
  };
}

const nameOf = (project: string) => `PROJECT#${project}`;

import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Health } from '../../model/health.ts';
import type { HealthStore } from '../../ports/health-store.ts';
import { dueItem } from './due-work.ts';
import { KEY } from './keys.ts';
import type { DataTable, Item } from './table.ts';
import { ifConditionHolds, transact } from './write.ts';

/** The attributes of a subscription's item that only the health store writes. */
const { failures, outages, firstFailureAt, openedAt, lastSuccessAt } = {
  failures: 'failures',
  outages: 'outages',
  firstFailureAt: 'firstFailureAt',
  openedAt: 'openedAt',
  lastSuccessAt: 'lastSuccessAt',
} as const;

/** The attributes of the current run of failures. */
export const FAILURE_RUN = [failures, outages, firstFailureAt, openedAt] as const;
export const HEALTH = [...FAILURE_RUN, lastSuccessAt] as const;

export function toHealth(item: Item): Health {
  const count = Number(item[failures] ?? 0);
  const failing = count > 0 ? 'failing' : 'healthy';
  return {
    state: item[openedAt] === undefined ? failing : 'open',
    consecutiveFailures: count,
    firstFailureAt: (item[firstFailureAt] as string | undefined) ?? null,
    lastSuccessAt: (item[lastSuccessAt] as string | undefined) ?? null,
  };
}

export function healthStore(table: DataTable): HealthStore {
  const { client, tableName: TableName } = table;
  const update = async (project: string, id: string, input: Partial<UpdateCommandInput>) => {
    const Key = KEY.subscription(project, id);
    return ifConditionHolds(
      client.send(new UpdateCommand({ TableName, Key, ReturnValues: 'ALL_NEW', ...input })),
    );
  };
  // Without this condition, an update would recreate a deleted subscription as a stub.
  const exists = 'attribute_exists(#pk)';
  const ExpressionAttributeNames = { '#pk': ATTRIBUTE.partitionKey };

  return {
    async recordFailures(project, id, count, at) {
      const updated = await update(project, id, {
        UpdateExpression: `ADD ${failures} :failures, ${outages} :outages SET ${firstFailureAt} = if_not_exists(${firstFailureAt}, :at)`,
        ConditionExpression: `${exists} AND (attribute_not_exists(${lastSuccessAt}) OR ${lastSuccessAt} < :at)`,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':failures': count.failures, ':outages': count.outages, ':at': at },
      });
      if (updated === null) return null;
      const item = updated.Attributes ?? {};
      return {
        firstFailureAt: item[firstFailureAt] as string,
        outages: item[outages] as number,
        open: item[openedAt] !== undefined,
      };
    },

    async recordSuccess(project, id, at) {
      await update(project, id, {
        UpdateExpression: `REMOVE ${FAILURE_RUN.join(', ')} SET ${lastSuccessAt} = :at`,
        ConditionExpression: exists,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':at': at },
      });
    },

    async openBreaker(breaker, probeAt) {
      const { project, subscriptionId } = breaker;
      const open = {
        TableName,
        Key: KEY.subscription(project, subscriptionId),
        UpdateExpression: `SET ${openedAt} = :at`,
        ConditionExpression: `${exists} AND attribute_not_exists(${openedAt})`,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':at': new Date(table.clock()).toISOString() },
      };
      // In one transaction with its breaker: held deliveries must never wait for a breaker that does not exist.
      const Item = dueItem(KEY.breaker(subscriptionId), { kind: 'breaker', breaker }, probeAt);
      const opened = await ifConditionHolds(
        transact(table, [{ Update: open }, { Put: { TableName, Item } }]),
      );
      return opened !== null;
    },

    async closeBreaker(project, id) {
      await update(project, id, {
        UpdateExpression: `REMOVE ${openedAt}`,
        ConditionExpression: `attribute_exists(${openedAt})`,
      });
    },
  };
}

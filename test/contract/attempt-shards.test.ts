import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { ATTEMPT_LOG_SHARDS, KEY, PARTITION } from '../../core/adapters/dynamodb/keys.ts';
import { startTable } from '../support/engines.ts';
import { allItems } from '../support/golden/items.ts';
import { readAll } from '../support/pages.ts';
import { attemptRecord, NOW, unique } from '../support/records.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => NOW);
});
afterAll(() => running.stop());

it('attempts in all shards and in the partition of version 0.1 are one list', async () => {
  const attempts = attemptLog(running.table);
  const subscriptionId = unique('sub');
  const made = Array.from({ length: 60 }, (_, place) =>
    attemptRecord({
      ...{ subscriptionId, eventId: unique('evt'), at: new Date(NOW + place * 1000).toISOString() },
      outcome: place % 5 === 0 ? 'failure' : 'success',
    }),
  );
  await attempts.record(made);
  const earlier = made.filter((_, place) => place % 3 === 0);
  for (const { project, eventId, number } of earlier)
    await running.table.client.send(
      new UpdateCommand({
        TableName: running.table.tableName,
        Key: KEY.attempt(project, eventId, subscriptionId, number),
        UpdateExpression: 'SET logPk = :pk',
        ExpressionAttributeValues: { ':pk': PARTITION.subscription(subscriptionId) },
      }),
    );
  const partitions = new Set((await allItems(running.table)).map(({ logPk }) => logPk));
  expect(partitions.size).toBe(ATTEMPT_LOG_SHARDS + 1);

  const newestFirst = made.toReversed();
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  expect(ids(await readAll((page) => attempts.ofSubscription(subscriptionId, page), 7))).toEqual(
    ids(newestFirst),
  );
  const outcome = 'failure';
  expect(ids(await readAll((page) => attempts.ofSubscription(subscriptionId, page, { outcome }), 5))).toEqual(
    ids(newestFirst.filter((attempt) => attempt.outcome === outcome)),
  );

  // Version 0.1 gave the sort key in the index as the cursor.
  const [shown, ...rest] = newestFirst;
  const cursor = `${shown?.at}#${shown?.eventId}#1`;
  const next = await attempts.ofSubscription(subscriptionId, { limit: 9, cursor });
  expect(ids(next.items)).toEqual(ids(rest.slice(0, 9)));
});

import { randomBytes } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrillOptions, drill } from '../../bin/restore-drill/drill.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { MAX_INLINE_BYTES } from '../../core/model/event.ts';
import type { DataKeys } from '../../core/ports/data-keys.ts';
import { startTable } from '../support/engines.ts';
import { inMemoryDataKeys } from '../support/in-memory/data-keys.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { attemptRecord, eventRecord, subscriptionRecord } from '../support/records.ts';

/** Only the restore itself is a stand-in: the engine has none. It copies the items into a real table of the name. */
describe('a restore drill', () => {
  let running: Awaited<ReturnType<typeof startTable>>;
  const bodies = inMemoryBodies();
  const dataKeys = inMemoryDataKeys(1);
  beforeAll(async () => {
    running = await startTable(Date.now);
    const table = { ...running.table, bodies, dataKeys };
    const expiresAt = Date.now() + 86_400_000;
    const text = randomBytes(MAX_INLINE_BYTES).toString('base64');
    const [event, large] = [
      eventRecord({ expiresAt }),
      eventRecord({ expiresAt, data: JSON.stringify({ text }) as JsonText }),
    ];
    for (const each of [event, large]) await eventStore(table, 2).putOnce(each, each.id);
    await subscriptionStore(table).create(subscriptionRecord());
    await attemptLog(table).record([attemptRecord({ eventId: event.id, expiresAt })]);
  });
  afterAll(() => running.stop());

  /** Return a client whose restore copies the table. @param change of the copy's definition */
  function restoring(change: (input: CreateTableCommandInput) => CreateTableCommandInput = (input) => input) {
    const { client, tableName: source } = running.table;
    const restore = async (TableName: string) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: source }));
      const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = Table ?? {};
      const indexes = GlobalSecondaryIndexes.map((index) => ({
        ...{ IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection },
      }));
      const definition = { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes: indexes };
      await client.send(new CreateTableCommand(change({ ...definition, BillingMode: 'PAY_PER_REQUEST' })));
      const { Items = [] } = await client.send(new ScanCommand({ TableName: source }));
      const RequestItems = { [TableName]: Items.map((Item) => ({ PutRequest: { Item } })) };
      await client.send(new BatchWriteCommand({ RequestItems }));
      return {};
    };
    return Object.assign(Object.create(client), {
      send: (command: { readonly input: { readonly TargetTableName?: string } }) =>
        command instanceof RestoreTableToPointInTimeCommand
          ? restore(command.input.TargetTableName ?? '')
          : client.send(command as unknown as DescribeTableCommand),
    }) as DynamoDBClient;
  }
  const lostKeys: DataKeys = {
    ...dataKeys,
    get: () => Promise.reject(new Error('The KMS key is gone.')),
  };
  const told: string[] = [];
  const run = (given: Partial<DrillOptions> = {}) =>
    drill({
      ...{ client: restoring(), source: running.table.tableName, target: 'copy', sample: 1000, keep: false },
      ...{ openKeys: () => dataKeys, bodies, tell: (text) => void told.push(text), pollMs: 1 },
      ...given,
    });
  // An emulator of AWS has the tables of other tests, too, on many pages.
  const isThere = async (TableName: string): Promise<boolean> => {
    try {
      await running.table.client.send(new DescribeTableCommand({ TableName }));
      return true;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return false;
      throw error;
    }
  };
  const resultsOf = ({ checks }: Awaited<ReturnType<typeof run>>) =>
    Object.fromEntries(checks.map(({ name, result }) => [name, result]));

  it('reads events, attempts, secrets and large bodies of the copy, and deletes it', async () => {
    const result = await run();
    expect(resultsOf(result)).toEqual({
      ...{ indexes: 'passed', items: 'passed', event: 'passed', attempts: 'passed' },
      ...{ 'encrypted secrets': 'passed', 'large body': 'passed' },
    });
    expect(result).toMatchObject({ ok: true, kept: false });
    expect(result.checks.find(({ name }) => name === 'items')?.detail).toMatch(
      /^a sample has 1 BINDING, 1 EVENT ATTEMPT, 1 PROJECT SUB, .*2 EVENT$/,
    );
    expect(await isThere('copy')).toBe(false);
  });

  it('leaves the copy if it is told so', async () => {
    expect((await run({ target: 'kept', keep: true })).kept).toBe(true);
    expect(await isThere('kept')).toBe(true);
  });

  it('fails if the secrets cannot be opened, a body is gone or an index is missing, and deletes the copy', async () => {
    const withoutLog = restoring((input) => ({
      ...input,
      GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.filter(({ IndexName }) => IndexName !== 'log'),
      AttributeDefinitions: input.AttributeDefinitions?.filter(
        ({ AttributeName }) => !AttributeName?.startsWith('log'),
      ),
    }));
    const broken = await run({
      ...{ client: withoutLog, openKeys: () => lostKeys, bodies: inMemoryBodies() },
    });
    expect(broken.ok).toBe(false);
    expect(resultsOf(broken)).toMatchObject({
      ...{ indexes: 'failed', 'encrypted secrets': 'failed', 'large body': 'failed' },
    });
    expect(await isThere('copy')).toBe(false);
  });

  it('says what a sample does not have', async () => {
    expect(resultsOf(await run({ bodies: undefined }))).toMatchObject({ 'large body': 'skipped' });
  });
});

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { tableUnits } from '../../bench/cost/billing.ts';
import { type Call, startMeter } from '../../bench/cost/meter.ts';
import { storedIn } from '../../bench/cost/stored.ts';
import { accessKeyOf } from '../../local/access/access-keys.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { CREDENTIALS, REGION } from '../../local/settings.ts';
import { Teardown } from '../../local/teardown.ts';
import { readTemplate, resourcesOf } from '../../local/template.ts';

const TableName = 'metered';
const teardown = new Teardown();
const calls: Call[] = [];
let engine: string;
let clientOf: (accessKeyId: string) => DynamoDBClient;

beforeAll(async () => {
  const died = Promise.withResolvers<never>();
  const table = await startDynoxide({ file: undefined, onDeath: died.reject });
  teardown.defer(() => table.stop());
  engine = table.endpoint;
  const [[, resource] = []] = resourcesOf(readTemplate(inject('cdkOut')), 'AWS::DynamoDB::Table');
  if (resource === undefined) throw new Error('The template has no table.');
  await ensureTable(engine, TableName, resource, 'nowhere');
  const meter = await startMeter(engine, {
    transform: (body) => ({ ...body, ReturnConsumedCapacity: 'TOTAL' }),
    onCall: (call) => calls.push(call),
    minMs: () => 200,
  });
  teardown.defer(() => meter.stop());
  clientOf = (accessKeyId) => {
    const credentials = { ...CREDENTIALS, accessKeyId };
    const client = new DynamoDBClient({ endpoint: meter.endpoint, region: REGION, credentials });
    teardown.defer(() => client.destroy());
    return client;
  };
});
afterAll(() => teardown.run());

const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

it("tells what a function's calls take, and whose they are, and answers them no earlier than it should", async () => {
  const client = clientOf(accessKeyOf('deliver', CREDENTIALS));
  const startedAt = performance.now();
  const Item = { ...Key, text: { S: 'x'.repeat(1500) } };
  await client.send(new PutItemCommand({ TableName, Item }));
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item);

  expect(calls.map(({ functionName, operation }) => [functionName, operation])).toEqual([
    ['deliver', 'PutItem'],
    ['deliver', 'GetItem'],
  ]);
  expect(calls.map(({ operation, response }) => tableUnits(operation, response))).toEqual([
    { reads: 0, writes: 2 },
    { reads: 0.5, writes: 0 },
  ]);
});

it('leaves what others ask as it is', async () => {
  const given = await clientOf(CREDENTIALS.accessKeyId).send(new GetItemCommand({ TableName, Key }));
  expect(given.ConsumedCapacity).toBeUndefined();
  expect(calls.at(-1)).toMatchObject({ functionName: null, operation: 'GetItem' });
});

it('knows how much the table and its indexes keep', async () => {
  const before = await storedIn(engine, TableName);
  const client = clientOf(CREDENTIALS.accessKeyId);
  for (let n = 0; n < 40; n++)
    await client.send(
      new PutItemCommand({
        TableName,
        Item: { pk: { S: 'kept' }, sk: { S: String(n).padStart(3) }, text: { S: 'x'.repeat(1000) } },
      }),
    );
  const after = await storedIn(engine, TableName);
  // Names and values, and what DynamoDB adds to each item.
  const bytes = 40 * ('pkkept'.length + 'sk000'.length + 'text'.length + 1000 + 100);
  expect(after.table - before.table).toBe(bytes);
  expect(after.indexes).toBe(before.indexes);
});

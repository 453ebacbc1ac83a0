import {
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { attemptLog } from '../../../../core/adapters/dynamodb/attempt-log.ts';
import { bindingStore } from '../../../../core/adapters/dynamodb/binding-store.ts';
import { dueWorkStore } from '../../../../core/adapters/dynamodb/due-work.ts';
import { KEY } from '../../../../core/adapters/dynamodb/keys.ts';
import { rotateSecrets } from '../../../../core/adapters/dynamodb/secret-rotation.ts';
import { subscriptionStore } from '../../../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../../../core/adapters/dynamodb/table.ts';
import { transact, writeAll } from '../../../../core/adapters/dynamodb/write.ts';
import { COMPACT_BECAUSE } from '../../../../core/deliver/full-exchanges.ts';
import { InvalidCursorError } from '../../../../core/kernel/errors.ts';
import { firstBytesKept } from '../../../../core/model/attempt.ts';
import { inMemoryDataKeys } from '../../../support/in-memory/data-keys.ts';
import { attemptRecord, NOW } from '../../../support/records.ts';

// The embedded engine never throttles, conflicts, leaves items unprocessed or counts bytes.

function tableWith<Answer>(send: (input: never) => Promise<Answer>): DataTable {
  const client = { send: ({ input }: { input: never }) => send(input) } as unknown as DynamoDBDocumentClient;
  return { client, tableName: 'table', clock: () => NOW };
}

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: '',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('transact', () => {
  it('retries while another transaction holds the same items', async () => {
    let tries = 0;
    const table = tableWith(async (): Promise<Partial<TransactWriteItemsCommandOutput>> => {
      if (++tries < 3) throw cancelled('None', 'TransactionConflict');
      return {};
    });
    await transact(table, [{ Delete: { TableName: 'table', Key: {} } }]);
    expect(tries).toBe(3);
  });

  it('does not retry if a condition does not hold', async () => {
    let tries = 0;
    const table = tableWith(async () => {
      tries++;
      throw cancelled('TransactionConflict', 'ConditionalCheckFailed');
    });
    await expect(transact(table, [{ Delete: { TableName: 'table', Key: {} } }])).rejects.toThrow(
      TransactionCanceledException,
    );
    expect(tries).toBe(1);
  });
});

// Callers of the API change these items in transactions.
describe('a write of one item that meets a transaction', () => {
  const claim = { key: '["SUB#sub_1","FLOW"]', dueAt: NOW, lease: NOW, isPump: true };

  it.each<[string, (table: DataTable) => Promise<unknown>]>([
    ['the claim of due work', (table) => dueWorkStore(table).claim(claim, NOW + 1)],
    ['the call of a pump', (table) => dueWorkStore(table).callPump(claim, NOW)],
    ['the end of due work', (table) => dueWorkStore(table).complete(claim)],
    ['the rotation of a secret', (table) => rotateSecrets(table)],
  ])('is repeated: %s', async (_, write) => {
    let writes = 0;
    const project = { ...KEY.project('erp'), id: 'erp', exportKey: 'not encrypted yet' };
    const table = tableWith(async (input: object) => {
      if (!('Key' in input)) return { Items: [project] };
      if (++writes === 1) throw new TransactionConflictException({ message: '', $metadata: {} });
      return {};
    });
    await write({ ...table, dataKeys: inMemoryDataKeys(1) });
    expect(writes).toBe(2);
  });
});

describe('writeAll', () => {
  const requests = Array.from({ length: 30 }, (_, n) => ({ PutRequest: { Item: { n } } }));

  it('retries the unprocessed items until none is left', async () => {
    const written: unknown[] = [];
    const table = tableWith(async ({ RequestItems }: BatchWriteCommand['input']) => {
      const [first, ...left] = RequestItems?.table ?? [];
      written.push(first?.PutRequest?.Item?.n);
      return {
        UnprocessedItems: left.length > 3 ? { table: left.slice(3) } : {},
        ...(written.push(...left.slice(0, 3).map(({ PutRequest }) => PutRequest?.Item?.n)) && {}),
      };
    });
    await writeAll(table, requests);
    expect(written.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      requests.map(({ PutRequest }) => PutRequest.Item.n),
    );
  });

  it('throws if some items are never processed', async () => {
    const table = tableWith(async ({ RequestItems }: BatchWriteCommand['input']) => ({
      UnprocessedItems: RequestItems,
    }));
    await expect(writeAll(table, requests.slice(0, 2))).rejects.toThrow('2 items were left unprocessed.');
  });
});

describe('the item of an attempt', () => {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
  const sizeOf = (item: Record<string, unknown>): number =>
    Object.entries(item).reduce((sum, [name, value]) => {
      const size =
        value instanceof Uint8Array
          ? value.length
          : typeof value === 'number'
            ? 9
            : Buffer.byteLength(String(value));
      return sum + Buffer.byteLength(name) + size;
    }, 0);
  const noise = (length: number) =>
    Array.from({ length }, (_, n) => String.fromCharCode(33 + ((n * n * 31 + n * 7) % 90))).join('');

  const unsent = (detail: string) => ({
    ...({ outcome: 'failure', error: 'render', response: null, nextAttemptAt: null } as const),
    request: { method: 'POST' as const, url: `https://example.com/${noise(180)}`, headers: {}, body: '' },
    detail,
  });

  it.each([
    ['an attempt of the usual size', {}],
    ['a request that could not be made, for a long reason', unsent('é'.repeat(500))],
    ['one for a reason in characters of three bytes', unsent('⟪'.repeat(500))],
    [
      'an attempt with every attribute at its largest',
      {
        id: `att_${noise(22)}`,
        eventId: `evt_${'0'.repeat(26)}`,
        subscriptionId: `sub_${'1'.repeat(26)}`,
        eventType: 'a'.repeat(100),
        outcome: 'failure' as const,
        error: 'status' as const,
        detail: 'é'.repeat(500),
        nextAttemptAt: new Date(NOW).toISOString(),
        request: {
          method: 'POST' as const,
          url: `https://example.com/${noise(1990)}`,
          headers: { 'x-a': noise(2000) },
          body: noise(16_384),
          truncated: firstBytesKept(16_384, 1_000_000),
        },
        response: {
          status: 500,
          headers: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`x-${n}`, noise(256)])),
          body: noise(16_384),
          truncated: `reading stopped after 64 KB; ${firstBytesKept(16_384, 65_536)}; the body has too many codings`,
        },
        log: 'compact' as const,
        compactBecause: COMPACT_BECAUSE.bytes,
      },
    ],
  ])('fits into one write unit: %s', async (_name, given) => {
    const items: Record<string, unknown>[] = [];
    const table = tableWith(async ({ RequestItems }: BatchWriteCommand['input']) => {
      for (const { PutRequest } of RequestItems?.table ?? []) items.push(PutRequest?.Item ?? {});
      return {};
    });
    await attemptLog(table).record([attemptRecord(given)]);
    expect(items).toHaveLength(1);
    for (const item of items) expect(sizeOf(item)).toBeLessThanOrEqual(1024);
  });
});

it('keeps most of the reason for which a request could not be made, and less beside a request', async () => {
  const details: unknown[] = [];
  const table = tableWith(async ({ RequestItems }: BatchWriteCommand['input']) => {
    for (const { PutRequest } of RequestItems?.table ?? []) details.push(PutRequest?.Item?.detail);
    return {};
  });
  const detail = 'because '.repeat(30);
  const failed = attemptRecord({ outcome: 'failure', error: 'status', detail });
  await attemptLog(table).record([
    { ...failed, error: 'render', request: { ...failed.request, body: '' }, response: null },
  ]);
  await attemptLog(table).record([failed]);
  expect(details).toEqual([detail, detail.slice(0, 100)]);
});

describe('an adapter', () => {
  it.each(['', 'KEY#1', 'x'])('rejects a cursor from another list: %j', async (cursor) => {
    const table = tableWith(async () => ({ Items: [] }));
    await expect(subscriptionStore(table).list('erp', { limit: 1, cursor })).rejects.toThrow(
      InvalidCursorError,
    );
  });

  it('rejects an empty cursor of a list without a prefix', async () => {
    const table = tableWith(async () => ({ Items: [] }));
    await expect(bindingStore(table).page('erp', '*', { limit: 1, cursor: '' })).rejects.toThrow(
      InvalidCursorError,
    );
    await expect(attemptLog(table).ofSubscription('sub_1', { limit: 1, cursor: '' })).rejects.toThrow(
      InvalidCursorError,
    );
  });
});

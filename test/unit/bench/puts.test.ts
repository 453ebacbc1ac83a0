import { BatchWriteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { putsOf } from '../../../bench/growth/puts.ts';

const TableName = 'table';
const ITEMS = [
  { pk: 'a', sk: '1' },
  { pk: 'a', sk: '2' },
];
const [Item = {}] = ITEMS;

test.each([
  ['one by itself', new PutCommand({ TableName, Item }), [Item]],
  [
    'some in a batch',
    new BatchWriteCommand({ RequestItems: { [TableName]: ITEMS.map((Item) => ({ PutRequest: { Item } })) } }),
    ITEMS,
  ],
  [
    'some in a transaction',
    new TransactWriteCommand({ TransactItems: ITEMS.map((Item) => ({ Put: { TableName, Item } })) }),
    ITEMS,
  ],
])('what is put is read of %s', (_, { input }, items) => {
  expect(putsOf(input)).toEqual(items);
});

test.each([
  ['an update', new UpdateCommand({ TableName, Key: Item })],
  [
    'a deletion among puts',
    new BatchWriteCommand({
      RequestItems: { [TableName]: [{ PutRequest: { Item } }, { DeleteRequest: { Key: Item } }] },
    }),
  ],
  [
    'a deletion in a transaction',
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName, Item } }, { Delete: { TableName, Key: Item } }],
    }),
  ],
])('%s is refused: a file could not say it', (_, { input }) => {
  expect(() => putsOf(input as Parameters<typeof putsOf>[0])).toThrow('Only what is put');
});

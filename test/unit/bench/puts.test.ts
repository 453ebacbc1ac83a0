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
  ['a put', new PutCommand({ TableName, Item }), [Item]],
  [
    'a batch write',
    new BatchWriteCommand({ RequestItems: { [TableName]: ITEMS.map((Item) => ({ PutRequest: { Item } })) } }),
    ITEMS,
  ],
  [
    'a transaction',
    new TransactWriteCommand({ TransactItems: ITEMS.map((Item) => ({ Put: { TableName, Item } })) }),
    ITEMS,
  ],
])('returns the items of %s', (_, { input }, items) => {
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
])('rejects %s, which an import file cannot express', (_, { input }) => {
  expect(() => putsOf(input as Parameters<typeof putsOf>[0])).toThrow('only contain put items');
});

import { describe, expect, it } from 'vitest';
import { callsOf } from '../../../../local/access/calls.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/data';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:events';
const TableName = 'data';
const QueueUrl = 'http://127.0.0.1:4566/000000000000/events';

describe('a request', () => {
  it.each([
    ['GetItem', { TableName }, [`GetItem ${TABLE}`]],
    ['PutItem', { TableName: TABLE }, [`PutItem ${TABLE}`]],
    ['Query', { TableName }, [`Query ${TABLE}`]],
    ['Query', { TableName, IndexName: 'log' }, [`Query ${TABLE}/index/log`]],
    ['ListTables', {}, ['ListTables *']],
    [
      'BatchWriteItem',
      { RequestItems: { data: [], other: [] } },
      [`BatchWriteItem ${TABLE}`, `BatchWriteItem ${TABLE.replace('data', 'other')}`],
    ],
    ['BatchGetItem', { RequestItems: { data: {} } }, [`BatchGetItem ${TABLE}`]],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName } }] }, [`GetItem ${TABLE}`]],
    [
      'TransactWriteItems',
      {
        TransactItems: ['Put', 'Update', 'Delete', 'ConditionCheck'].map((kind) => ({
          [kind]: { TableName },
        })),
      },
      ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map((action) => `${action} ${TABLE}`),
    ],
  ])('%s to DynamoDB requires the grants of its operation and tables: %j', (operation, body, expected) => {
    const calls = callsOf('dynamodb', operation, body);
    expect(calls.map(({ action, resource }) => `${action} ${resource}`)).toEqual(
      expected.map((call) => `dynamodb:${call}`),
    );
  });

  it.each([
    ['SendMessage', { QueueUrl }, 'sqs:SendMessage', QUEUE],
    ['SendMessageBatch', { QueueUrl }, 'sqs:SendMessage', QUEUE],
    ['DeleteMessageBatch', { QueueUrl }, 'sqs:DeleteMessage', QUEUE],
    ['ListQueues', {}, 'sqs:ListQueues', '*'],
  ])(
    '%s to SQS requires the grant of the single operation on its queue: %j',
    (operation, body, action, resource) => {
      expect(callsOf('sqs', operation, body)).toEqual([{ action, resource }]);
    },
  );

  it('Decrypt of KMS requires the grant on its key', () => {
    const KeyId = 'arn:aws:kms:us-east-1:000000000000:key/a';
    expect(callsOf('kms', 'Decrypt', { KeyId })).toEqual([{ action: 'kms:Decrypt', resource: KeyId }]);
    expect(callsOf('kms', 'Decrypt', {})).toEqual([{ action: 'kms:Decrypt', resource: '*' }]);
  });

  it('GetSecretValue of Secrets Manager requires the grant on its secret', () => {
    const SecretId = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:a';
    expect(callsOf('secretsmanager', 'GetSecretValue', { SecretId })).toEqual([
      { action: 'secretsmanager:GetSecretValue', resource: SecretId },
    ]);
  });
});

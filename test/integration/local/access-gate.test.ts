import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Access, accessKeyOf } from '../../../local/access/access.ts';
import type { Statement } from '../../../local/access/policy.ts';
import { startAccess } from '../../../local/access/start-access.ts';
import { startDynoxide } from '../../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../../local/engines/fauxqs.ts';
import { ensureTable } from '../../../local/engines/table.ts';
import { queueArn, queueUrl, tableArn } from '../../../local/referents.ts';
import { REGION } from '../../../local/settings.ts';
import { Teardown } from '../../../local/teardown.ts';
import { readTemplate, resourcesOf } from '../../../local/template.ts';

const allow = (action: string, resource: string): Statement => ({
  effect: 'Allow',
  actions: [action],
  resources: [resource],
});
const roles = new Map([
  [
    'reader',
    { name: 'ancrage-local-reader-role', statements: [allow('dynamodb:GetItem', tableArn('data'))] },
  ],
  ['sender', { name: 'ancrage-local-sender-role', statements: [allow('sqs:SendMessage', queueArn('mine'))] }],
]);
const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

describe('the access gate', () => {
  const teardown = new Teardown();
  const logged: string[] = [];
  let access: Access;
  let dynamodb: (accessKeyId: string) => DynamoDBClient;
  let sqs: (accessKeyId: string) => SQSClient;
  let urlOf: (queue: string) => string;

  beforeAll(async () => {
    const died = Promise.withResolvers<never>();
    const table = await startDynoxide({ file: undefined, onDeath: died.reject });
    teardown.defer(() => table.stop());
    const queues = await startFauxqs(undefined);
    teardown.defer(() => queues.stop());
    const [[, resource] = []] = resourcesOf(readTemplate(inject('cdkOut')), 'AWS::DynamoDB::Table');
    if (resource === undefined) throw new Error('The template has no table.');
    await ensureTable(table.endpoint, 'data', resource, 'none');
    for (const QueueName of ['mine', 'theirs'])
      await queues.client.send(new CreateQueueCommand({ QueueName }));

    const engines = { dynamodb: table.endpoint, sqs: queues.endpoint };
    const started = await startAccess(roles, engines, (line) => logged.push(line), teardown);
    access = started.access;
    const { endpoints } = started;
    const options = (accessKeyId: string) => ({
      region: REGION,
      credentials: { accessKeyId, secretAccessKey: 'local' },
    });
    dynamodb = (key) => new DynamoDBClient({ ...options(key), endpoint: endpoints.dynamodb });
    sqs = (key) => new SQSClient({ ...options(key), endpoint: endpoints.sqs });
    urlOf = (queue) => queueUrl(endpoints.sqs, queue);
  });
  afterAll(() => teardown.run());

  it('forwards calls that the role allows', async () => {
    const { $metadata } = await dynamodb(accessKeyOf('reader')).send(
      new GetItemCommand({ TableName: 'data', Key }),
    );
    expect($metadata.httpStatusCode).toBe(200);
    const Entries = [{ Id: '0', MessageBody: 'é😀' }];
    const batch = new SendMessageBatchCommand({ QueueUrl: urlOf('mine'), Entries });
    expect((await sqs(accessKeyOf('sender')).send(batch)).Successful).toHaveLength(1);
  });

  it('denies other calls to DynamoDB with the response of AWS', async () => {
    const put = new PutItemCommand({ TableName: 'data', Item: Key });
    await expect(dynamodb(accessKeyOf('reader')).send(put)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/ancrage-local-reader-role/reader is not authorized to perform: dynamodb:PutItem on resource: ${tableArn('data')} because no identity-based policy allows the dynamodb:PutItem action`,
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const get = new GetItemCommand({ TableName: 'data', Key, ConsistentRead: true });
    expect((await dynamodb(accessKeyOf('reader')).send(get)).Item).toBeUndefined();
    expect(logged).toContain(
      `Denied dynamodb:PutItem on ${tableArn('data')} to reader: its role does not allow it`,
    );
  });

  it('denies other calls to SQS with the response of AWS', async () => {
    const send = new SendMessageCommand({ QueueUrl: urlOf('theirs'), MessageBody: 'x' });
    await expect(sqs(accessKeyOf('sender')).send(send)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::000000000000:assumed-role/ancrage-local-sender-role/sender is not authorized to perform: sqs:sendmessage on resource: ${queueArn('theirs')} because no identity-based policy allows the sqs:sendmessage action`,
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
  });

  it('rejects access keys that do not belong to a function', async () => {
    const get = new GetItemCommand({ TableName: 'data', Key });
    for (const key of ['local', accessKeyOf('nobody')])
      await expect(dynamodb(key).send(get)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const send = new SendMessageCommand({ QueueUrl: urlOf('mine'), MessageBody: 'x' });
    await expect(sqs('local').send(send)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('records every distinct call and whether it was allowed', () => {
    expect(access.calls).toEqual([
      { functionName: 'reader', action: 'dynamodb:GetItem', resource: tableArn('data'), isAllowed: true },
      { functionName: 'sender', action: 'sqs:SendMessage', resource: queueArn('mine'), isAllowed: true },
      { functionName: 'reader', action: 'dynamodb:PutItem', resource: tableArn('data'), isAllowed: false },
      { functionName: 'sender', action: 'sqs:SendMessage', resource: queueArn('theirs'), isAllowed: false },
    ]);
  });
});

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Access } from '../../../local/access/access.ts';
import { accessKeyOf, newCredentials } from '../../../local/access/access-keys.ts';
import { askOverHttp } from '../../../local/access/ask-over-http.ts';
import { startGate } from '../../../local/access/gate.ts';
import type { Statement } from '../../../local/access/policy.ts';
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
  const credentials = newCredentials();
  const access = new Access({ credentials, enforceGrants: true, log: (line) => logged.push(line) });
  let dynamodb: (accessKeyId: string) => DynamoDBClient;
  let sqs: (accessKeyId: string) => SQSClient;
  let urlOf: (queue: string) => string;

  beforeAll(async () => {
    const died = Promise.withResolvers<never>();
    const table = await startDynoxide({ file: undefined, onDeath: died.reject });
    teardown.defer(() => table.stop());
    const queues = await startFauxqs(undefined, { access, credentials });
    teardown.defer(() => queues.stop());
    const [[, resource] = []] = resourcesOf(readTemplate(inject('cdkOut')), 'AWS::DynamoDB::Table');
    if (resource === undefined) throw new Error('The template has no table.');
    await ensureTable(table.endpoint, 'data', resource, 'none');
    for (const QueueName of ['mine', 'theirs'])
      await queues.client.send(new CreateQueueCommand({ QueueName }));

    access.admit(roles);
    const upstream = askOverHttp(table.endpoint);
    const gate = await startGate('dynamodb', upstream.ask, access);
    teardown.defer(() => gate.stop());
    teardown.defer(() => upstream.close());
    const endpoints = { dynamodb: gate.endpoint, sqs: queues.endpoint };
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
    const { $metadata } = await dynamodb(accessKeyOf('reader', credentials)).send(
      new GetItemCommand({ TableName: 'data', Key }),
    );
    expect($metadata.httpStatusCode).toBe(200);
    const Entries = [{ Id: '0', MessageBody: 'é😀' }];
    const batch = new SendMessageBatchCommand({ QueueUrl: urlOf('mine'), Entries });
    expect((await sqs(accessKeyOf('sender', credentials)).send(batch)).Successful).toHaveLength(1);
  });

  it('denies other calls to DynamoDB with the response of AWS', async () => {
    const put = new PutItemCommand({ TableName: 'data', Item: Key });
    await expect(dynamodb(accessKeyOf('reader', credentials)).send(put)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/ancrage-local-reader-role/reader is not authorized to perform: dynamodb:PutItem on resource: ${tableArn('data')} because no identity-based policy allows the dynamodb:PutItem action`,
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const get = new GetItemCommand({ TableName: 'data', Key, ConsistentRead: true });
    expect((await dynamodb(accessKeyOf('reader', credentials)).send(get)).Item).toBeUndefined();
    expect(logged).toContain(
      `Denied dynamodb:PutItem on ${tableArn('data')} to reader: its role does not allow it`,
    );
  });

  it('denies other calls to SQS with the response of AWS', async () => {
    const send = new SendMessageCommand({ QueueUrl: urlOf('theirs'), MessageBody: 'x' });
    await expect(sqs(accessKeyOf('sender', credentials)).send(send)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::000000000000:assumed-role/ancrage-local-sender-role/sender is not authorized to perform: sqs:sendmessage on resource: ${queueArn('theirs')} because no identity-based policy allows the sqs:sendmessage action`,
      $metadata: { httpStatusCode: 403, attempts: 1 },
    });
  });

  it('rejects access keys of another stack and of nobody', async () => {
    const get = new GetItemCommand({ TableName: 'data', Key });
    for (const key of ['local', newCredentials().accessKeyId, accessKeyOf('nobody', credentials)])
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

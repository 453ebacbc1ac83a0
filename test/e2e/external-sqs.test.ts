import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Access } from '../../local/access/access.ts';
import { connectSqs } from '../../local/engines/external-sqs.ts';
import { type QueueEngine, startFauxqs } from '../../local/engines/fauxqs.ts';
import { freePort } from '../../local/engines/free-port.ts';
import { ACCOUNT_ID, CREDENTIALS, clientSettings } from '../../local/settings.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { type Stack, startStack } from '../support/stack.ts';

const ACCOUNT = '123456789012';

/** Give an SQS another account than the local stack's, in the URLs and ARNs of its queues. */
function inOtherAccount(engine: QueueEngine) {
  return createServer(async (message, response) => {
    const body = (await buffer(message)).toString().replaceAll(ACCOUNT, ACCOUNT_ID);
    const { 'content-length': _, ...headers } = message.headers;
    const { method } = message;
    const passed = request(engine.endpoint, {
      method,
      headers: { ...headers, host: new URL(engine.endpoint).host },
    });
    passed.on('response', async (answer) => {
      const text = (await buffer(answer)).toString().replaceAll(ACCOUNT_ID, ACCOUNT);
      response
        .writeHead(answer.statusCode ?? 502, { 'content-type': 'application/x-amz-json-1.0' })
        .end(text);
    });
    passed.on('error', () => response.destroy());
    passed.end(body);
  });
}

describe('a local stack with --sqs-endpoint', () => {
  const receiver = useReceiver();
  let engine: QueueEngine;
  let server: ReturnType<typeof inOtherAccount>;
  let endpoint: string;
  let sqs: SQSClient;
  let stack: Stack;
  beforeAll(async () => {
    engine = await startFauxqs(undefined);
    server = inOtherAccount(engine);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    sqs = new SQSClient(clientSettings(endpoint));
    stack = await startStack({ sqsEndpoint: endpoint });
  });
  afterAll(async () => {
    await stack.stop();
    sqs.destroy();
    server.close();
    server.closeAllConnections();
    await engine.stop();
  });
  const queueUrl = async (queue: string): Promise<string> => {
    const named = new GetQueueUrlCommand({ QueueName: `ancrage-local-${queue}-queue` });
    return (await sqs.send(named)).QueueUrl as string;
  };

  it('creates its ten queues there, which dead-letter to one another', async () => {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toHaveLength(10);
    for (const url of QueueUrls) expect(new URL(url).pathname).toMatch(`/${ACCOUNT}/ancrage-local-`);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: await queueUrl('deliveries'), AttributeNames: ['All'] }),
    );
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toMatchObject({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:ancrage-local-deliveries-dead-letter-queue`,
    });
    expect(Attributes?.VisibilityTimeout).toBe('360');
  });

  it('delivers what is published over HTTPS, and what a publisher sends to the events queue there', async () => {
    await stack.done('POST', 'subscriptions', { url: receiver.url('/all'), events: ['*'] });
    await stack.done('POST', 'events', { id: 'by-https', type: 'a', data: {} });
    const event = { project: stack.project, id: 'by-queue', type: 'a', data: {} };
    await sqs.send(
      new SendMessageCommand({ QueueUrl: await queueUrl('events'), MessageBody: JSON.stringify(event) }),
    );
    const requests = await receiver.waitFor(2, ({ path }) => path === '/all');
    expect(requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(['by-https', 'by-queue']);
  });

  it('retries', async () => {
    let failures = 0;
    receiver.respond(({ path }, response) => {
      response.writeHead(path === '/flaky' && ++failures === 1 ? 503 : 200).end();
    });
    await stack.done('POST', 'subscriptions', {
      url: receiver.url('/flaky'),
      events: ['flaky'],
      retry: [1],
    });
    await stack.done('POST', 'events', { type: 'flaky', data: {} });
    await receiver.waitFor(2, ({ path }) => path === '/flaky');
  });

  it('shows the depths of the queues to npm run admin, whose ages nobody knows', async () => {
    const answer = await fetch(`${stack.outputs.awsEndpointUrlSqs}/_fauxqs/queues/any`, {
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${stack.outputs.accessKeyId}/` },
    });
    expect(answer.status).toBe(501);
  });

  it('leaves the queues and their messages to the next start', async () => {
    await stack.stop();
    const event = { project: 'demo', id: 'meanwhile', type: 'unheard', data: {} };
    await sqs.send(
      new SendMessageCommand({ QueueUrl: await queueUrl('events'), MessageBody: JSON.stringify(event) }),
    );
    stack = await startStack({ sqsEndpoint: endpoint });
    await eventually('the event is there', async () => {
      expect((await stack.call('GET', 'events/meanwhile')).status).toBe(200);
    });
  });
});

describe('connectSqs', () => {
  const access = new Access({ credentials: CREDENTIALS, enforceGrants: false, log: () => {} });

  it('says that nothing responds', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await expect(connectSqs(endpoint, { access, credentials: CREDENTIALS })).rejects.toThrow(
      `The SQS at ${endpoint} does not respond: connect ECONNREFUSED`,
    );
  });

  it('keeps binary attributes, shows the sender that the gate knows, and when a caller wants a message back', async () => {
    const engine = await startFauxqs(undefined);
    const queues = await connectSqs(engine.endpoint, { access, credentials: CREDENTIALS });
    try {
      const QueueUrl = `${queues.endpoint}/${ACCOUNT_ID}/any`;
      await queues.client.send(new CreateQueueCommand({ QueueName: 'any' }));
      const bytes = Buffer.from([0, 255, 10]);
      await queues.client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: 'body',
          MessageAttributes: { bytes: { DataType: 'Binary', BinaryValue: bytes } },
        }),
      );
      const { Messages: [message] = [] } = await queues.client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
          WaitTimeSeconds: 5,
        }),
      );
      expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['bytes']);
      expect(Buffer.from(message?.MessageAttributes?.bytes?.BinaryValue ?? [])).toEqual(bytes);
      expect(message?.Attributes?.SenderId).toBe(access.idOf(CREDENTIALS.accessKeyId));
      const { ReceiptHandle = '' } = message ?? {};
      await queues.client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 100 }),
      );
      const seconds = ((queues.deadlines(QueueUrl).get(ReceiptHandle) ?? 0) - Date.now()) / 1000;
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(100);
      const unknown = new GetQueueAttributesCommand({
        QueueUrl: `${QueueUrl}-other`,
        AttributeNames: ['All'],
      });
      await expect(queues.client.send(unknown)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    } finally {
      await queues.stop();
      await engine.stop();
    }
  });
});

import { join } from 'node:path';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outputs } from '../../local/outputs.ts';
import { callApi, processesWith, startedMain, temporaryDir } from '../integration/local/local-process.ts';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

/** A stack's queues, by names such as `events`. */
function queuesOf({ awsEndpointUrlSqs, eventsQueueUrl, region, accessKeyId, secretAccessKey }: Outputs) {
  const client = new SQSClient({
    endpoint: awsEndpointUrlSqs,
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const urlOf = (queue: string) => eventsQueueUrl.replace('events-queue', `${queue}-queue`);
  return {
    async send(queue: string, body: string, delaySeconds = 0): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: urlOf(queue),
          MessageBody: body,
          DelaySeconds: delaySeconds,
          MessageAttributes: { project: { DataType: 'String', StringValue: 'demo' } },
        }),
      );
    },
    async receive(queue: string): Promise<Message[]> {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(queue),
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages;
    },
    async delayed(queue: string): Promise<number> {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: urlOf(queue),
          AttributeNames: ['ApproximateNumberOfMessagesDelayed'],
        }),
      );
      return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
    },
  };
}

async function receiverOfTest(): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());
  return receiver;
}

const idsOf = ({ requests }: Pick<Receiver, 'requests'>) =>
  new Set(requests.map(({ headers }) => headers['webhook-id']));

const A_WHILE_SECONDS = 900;

describe('a local stack that starts again on the same data directory', () => {
  it('keeps its projects, subscriptions, events, keys and queued messages', async () => {
    const dataDir = temporaryDir();
    const receiver = await receiverOfTest();
    const first = await startedMain(dataDir);
    const { apiUrl, adminKey } = first.outputs;
    const asAdmin = { ...first.outputs, project: 'erp' };
    const made = await fetch(`${apiUrl}/v1/projects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'erp', name: 'ERP' }),
    });
    expect(made.status).toBe(201);
    const { body: subscription } = await callApi(asAdmin, 'POST', '/subscriptions', {
      url: receiver.url(),
      events: ['kept'],
    });
    const { body: key } = await callApi(asAdmin, 'POST', '/keys', { name: 'app', scopes: ['publish'] });
    await callApi(asAdmin, 'POST', '/events', { type: 'kept', id: 'first', data: {} });
    await receiver.waitFor(1);
    const queues = queuesOf(first.outputs);
    await queues.send('retries', 'not due yet', A_WHILE_SECONDS);
    await queues.send('events-dead-letter', 'É😀');
    const { body: page } = await callApi(asAdmin, 'GET', '/event-types?limit=1');
    expect(await first.kill('SIGTERM')).toBe(0);

    const { port } = new URL(apiUrl);
    const again = await startedMain(dataDir, ['--port', port]);

    expect(again.outputs).toMatchObject({ apiUrl, adminKey, project: 'demo' });
    const { body: subscriptions } = await callApi(asAdmin, 'GET', '/subscriptions');
    expect(subscriptions.data.map(({ id }: { id: string }) => id)).toEqual([subscription.id]);
    expect((await callApi(asAdmin, 'GET', '/events/first')).body).toMatchObject({ id: 'first' });
    const next = await callApi(asAdmin, 'GET', `/event-types?cursor=${page.cursor}`);
    expect(next.body.data[0].type > page.data[0].type).toBe(true);
    const asApp = { ...asAdmin, adminKey: key.secret };
    const event = { type: 'kept', id: 'second', data: {} };
    expect((await callApi(asApp, 'POST', '/events', event)).status).toBe(202);
    await receiver.waitFor(1, ({ headers }) => headers['webhook-id'] === 'second');
    const kept = queuesOf(again.outputs);
    expect(await kept.delayed('retries')).toBe(1);
    expect(await kept.receive('events-dead-letter')).toMatchObject([
      { Body: 'É😀', MessageAttributes: { project: { DataType: 'String', StringValue: 'demo' } } },
    ]);
    expect(idsOf(receiver)).toEqual(new Set(['first', 'second']));
    expect(receiver.requests).toHaveLength(2);
  });

  it('delivers after a SIGKILL what was queued, in progress and not due yet', async () => {
    const dataDir = temporaryDir();
    const receiver = await receiverOfTest();
    const earlier = await startedMain(dataDir);
    const settings = { url: receiver.url(), events: ['*'] };
    const { body: subscription } = await callApi(earlier.outputs, 'POST', '/subscriptions', settings);
    await eventually('the endpoint is direct', async () => {
      await callApi(earlier.outputs, 'POST', '/events', { type: 'early', data: {} });
      const { body } = await callApi(earlier.outputs, 'GET', `/subscriptions/${subscription.id}`);
      expect(body.health.mode).toBe('direct');
    });
    expect(await earlier.kill('SIGTERM')).toBe(0);
    // No function of another start knows the endpoint as one that is not direct.
    const first = await startedMain(dataDir);
    const early = receiver.requests.length;
    // More than all copies of the function take at once: of these some stay in the queue, and none is answered.
    const ids = Array.from({ length: 60 }, (_, n) => `held-${n}`);
    receiver.respond(() => {});
    const events = ids.map((id) => ({ type: 'held', id, data: {} }));
    expect((await callApi(first.outputs, 'POST', '/events', events)).status).toBe(202);
    await receiver.waitFor(early + 1);
    const notDue = JSON.stringify({ project: 'demo', type: 'delayed', id: 'delayed', data: {} });
    await queuesOf(first.outputs).send('events', notDue, 2);
    expect(await first.kill('SIGKILL')).toBe('SIGKILL');
    const file = join(dataDir, 'dynamodb.sqlite');
    await eventually('the engine has ended', () => expect(processesWith(file)).toEqual([]));

    const before = receiver.requests.length;
    receiver.respond((_, response) => response.writeHead(200).end());
    const again = await startedMain(dataDir);
    const afterwards = () => ({ requests: receiver.requests.slice(before) });
    const wanted = new Set([...ids, 'delayed']);
    await eventually('every event arrived', () => expect(idsOf(afterwards())).toEqual(wanted));

    expect(again.outputs.adminKey).toBe(first.outputs.adminKey);
  });

  it('creates a new key if the old one has been revoked, and keeps the projects', async () => {
    const dataDir = temporaryDir();
    const first = await startedMain(dataDir);
    const { body: keys } = await callApi(first.outputs, 'GET', '/keys');
    await callApi(first.outputs, 'POST', '/subscriptions', { url: 'http://127.0.0.1:9', events: ['*'] });
    for (const { id } of keys.data) await callApi(first.outputs, 'DELETE', `/keys/${id}`);
    await first.kill('SIGKILL');

    const { outputs } = await startedMain(dataDir);

    expect(outputs.adminKey).not.toBe(first.outputs.adminKey);
    expect((await callApi(outputs, 'GET', '/subscriptions')).body.data).toHaveLength(1);
  });
});

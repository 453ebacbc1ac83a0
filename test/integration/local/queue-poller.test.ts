import type { ServerResponse } from 'node:http';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type QueueEngine, startFauxqs } from '../../../local/engines/fauxqs.ts';
import { ensureQueues } from '../../../local/engines/queues.ts';
import type { EventSource } from '../../../local/queues/event-source.ts';
import { QueuePoller } from '../../../local/queues/queue-poller.ts';
import { queueUrl, referentsOf } from '../../../local/referents.ts';
import { readTemplate } from '../../../local/template.ts';
import { eventually } from '../../support/eventually.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { unique } from '../../support/records.ts';
import { hostFunctions } from './functions-fixture.ts';

/** Sends the event to the test and returns the body of the response, or fails if the status is 500. */
const ASKING = `
  exports.handler = async (event) => {
    const answer = await fetch(process.env.TEST_URL, { method: 'POST', body: JSON.stringify(event) });
    const text = await answer.text();
    if (answer.status === 500) throw new Error('told to');
    return text === '' ? undefined : JSON.parse(text);
  };`;

type Answer = (records: readonly SQSRecord[], response: ServerResponse, batchNumber: number) => void;
type Sent = Partial<SendMessageBatchRequestEntry> & { readonly MessageBody: string };

const bodiesOf = (records: readonly SQSRecord[]) => records.map(({ body }) => body).sort();

// Concurrently, because most of these tests wait for messages that become visible again after a second.
describe.concurrent('a queue that invokes a function', () => {
  let engine: QueueEngine;
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    engine = await startFauxqs(undefined);
  });
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await engine.stop();
  });

  async function send(url: string, messages: readonly Sent[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 10) {
      const Entries = messages
        .slice(start, start + 10)
        .map((message, index) => ({ Id: String(index), ...message }));
      const { Failed } = await engine.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
      expect(Failed ?? []).toEqual([]);
    }
  }

  async function countsOf(url: string): Promise<{ visible: number; inFlight: number }> {
    const { Attributes } = await engine.client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    return {
      visible: Number(Attributes?.ApproximateNumberOfMessages),
      inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
    };
  }
  const emptied = (url: string) =>
    eventually(`${url} is empty`, async () =>
      expect(await countsOf(url)).toEqual({ visible: 0, inFlight: 0 }),
    );

  /**
   * Start a queue and a poller that invokes a function with its messages. `batches` has the records of each invocation.
   */
  async function fed(
    answer: Answer,
    settings: Partial<EventSource> & { readonly sent?: readonly Sent[] } = {},
  ) {
    const { sent = [], ...source } = settings;
    const name = unique('queue');
    if (source.queueUrl === undefined) await engine.client.send(new CreateQueueCommand({ QueueName: name }));
    const url = source.queueUrl ?? queueUrl(engine.endpoint, name);
    // Send all messages before the first poll, so that it is certain which records an invocation gets.
    await send(url, sent);

    const receiver: Receiver = await startReceiver();
    const batches: SQSRecord[][] = [];
    receiver.respond(({ body }, response) => {
      const { Records } = JSON.parse(body) as SQSEvent;
      batches.push(Records);
      answer(Records, response, batches.length);
    });
    const functions = hostFunctions(
      { asking: ASKING },
      { concurrency: 10, environment: { TEST_URL: receiver.url() } },
    );
    const poller = new QueuePoller(
      {
        queueUrl: url,
        queueArn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
        functionName: 'asking',
        batchSize: 10,
        windowSeconds: 0,
        concurrency: 1,
        reportsFailures: true,
        ...source,
      },
      engine,
      functions.host,
      (line) => faults.push(line),
    );
    const faults: string[] = [];
    poller.start();
    stops.push(async () => {
      await functions.host.stop();
      await poller.stop();
      await functions.stop();
      await receiver.stop();
    });
    return { url, batches, faults, poller, waitFor: receiver.waitFor };
  }

  const messages = (...bodies: string[]): Sent[] => bodies.map((MessageBody) => ({ MessageBody }));
  const succeed: Answer = (_, response) => response.end();
  const fail =
    (...failing: string[]): Answer =>
    (records, response) => {
      const failed = records.filter(({ body }) => failing.includes(body));
      response.end(
        JSON.stringify({ batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }),
      );
    };
  const failAtFirst =
    (first: Answer): Answer =>
    (records, response, batchNumber) =>
      (batchNumber === 1 ? first : succeed)(records, response, batchNumber);

  it('passes records to it as Lambda does, with attributes of every type', async () => {
    const { batches, waitFor, url } = await fed(succeed, {
      sent: [
        {
          MessageBody: '{"é":"😀"}',
          // Accepted as by the fair queues of SQS, although this engine does not return it.
          MessageGroupId: 'demo',
          MessageAttributes: {
            project: { DataType: 'String', StringValue: 'démo' },
            count: { DataType: 'Number', StringValue: '5' },
            raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
          },
        },
      ],
    });
    await waitFor(1);

    expect(batches).toEqual([
      [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.stringMatching(/./),
          body: '{"é":"😀"}',
          attributes: expect.objectContaining({
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
          }),
          messageAttributes: {
            project: { dataType: 'String', stringValue: 'démo', stringListValues: [], binaryListValues: [] },
            count: { dataType: 'Number', stringValue: '5', stringListValues: [], binaryListValues: [] },
            raw: { dataType: 'Binary', binaryValue: 'AP8=', stringListValues: [], binaryListValues: [] },
          },
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:queue_/),
          awsRegion: 'us-east-1',
        },
      ],
    ]);
    await emptied(url);
  });

  it('makes only the failed messages visible again', async () => {
    const { batches, faults, waitFor, url } = await fed(failAtFirst(fail('b')), {
      sent: messages('a', 'b', 'c'),
    });
    await waitFor(2);
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([['a', 'b', 'c'], ['b']]);
    expect(batches[1]?.[0]?.attributes.ApproximateReceiveCount).toBe('2');
    expect(faults).toEqual([]);
  });

  it('leaves a failed message invisible for as long as the function has chosen', async () => {
    const postpone: Answer = async (records, response) => {
      const ReceiptHandle = records.find(({ body }) => body === 'late')?.receiptHandle;
      const QueueUrl = queueUrl(engine.endpoint, records[0]?.eventSourceARN.split(':').at(-1) ?? '');
      const change = { QueueUrl, ReceiptHandle, VisibilityTimeout: 4 };
      await engine.client.send(new ChangeMessageVisibilityCommand(change));
      fail('late', 'soon')(records, response, 1);
    };
    const { batches, waitFor, url } = await fed(failAtFirst(postpone), { sent: messages('late', 'soon') });
    await waitFor(3);
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([['late', 'soon'], ['soon'], ['late']]);
  });

  it('hides messages for as long as its source says, and makes the failed ones visible again at once', async () => {
    const hiddenFor: number[] = [];
    const { batches, waitFor, url } = await fed(
      (records, response, batchNumber) => {
        const queue = queueUrl(engine.endpoint, records[0]?.eventSourceARN.split(':').at(-1) ?? '');
        const [until = 0] = engine.deadlines(queue).values();
        hiddenFor.push(until - Date.now());
        fail(...(batchNumber === 1 ? ['a'] : []))(records, response, batchNumber);
      },
      { sent: messages('a'), visibilitySeconds: 43_200 },
    );
    await waitFor(2);
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([['a'], ['a']]);
    expect(Math.min(...hiddenFor)).toBeGreaterThan(3_600_000);
  });

  it('receives, makes visible and deletes more messages than fit into a request', async () => {
    const bodies = Array.from({ length: 25 }, (_, n) => `m${n}`);
    const { batches, waitFor, url } = await fed(failAtFirst(fail(...bodies)), {
      sent: messages(...bodies),
      batchSize: 25,
      windowSeconds: 60,
    });
    await waitFor(2);
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([bodies.sort(), bodies.sort()]);
  });

  it('waits for more messages no longer than its batching window', async () => {
    const { batches, waitFor, url } = await fed(succeed, {
      sent: messages('a'),
      batchSize: 25,
      windowSeconds: 1,
    });
    await waitFor(1);
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([['a']]);
  });

  it('makes all messages visible again if the function fails, and logs the failure', async () => {
    const refuse: Answer = (_, response) => response.writeHead(500).end();
    const { batches, faults, url } = await fed(failAtFirst(refuse), { sent: messages('a', 'b', 'c') });
    await eventually('all messages come again', () => expect(batches.slice(1).flat()).toHaveLength(3));
    await emptied(url);

    expect(bodiesOf(batches.slice(1).flat())).toEqual(['a', 'b', 'c']);
    expect(faults).toEqual(['asking failed with 3 records: told to']);
  });

  it('makes all messages visible again if the function reports an unknown record', async () => {
    const stray: Answer = (_, response) => response.end('{"batchItemFailures":[{"itemIdentifier":"stray"}]}');
    const { batches, url } = await fed(failAtFirst(stray), { sent: messages('a', 'b') });
    await eventually('all messages come again', () => expect(batches.slice(1).flat()).toHaveLength(2));
    await emptied(url);

    expect(bodiesOf(batches.slice(1).flat())).toEqual(['a', 'b']);
  });

  it('ignores reported failures if its mapping does not request them', async () => {
    const { batches, url } = await fed(fail('a'), { sent: messages('a', 'b'), reportsFailures: false });
    await emptied(url);

    expect(batches.map(bodiesOf)).toEqual([['a', 'b']]);
  });

  it('passes at most as many records as its batch size', async () => {
    const { batches, url } = await fed(succeed, { sent: messages('a', 'b', 'c', 'd', 'e'), batchSize: 2 });
    await eventually('all messages came', () => expect(batches.flat()).toHaveLength(5));
    await emptied(url);

    expect(batches.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('runs no more invocations at once than its maximum concurrency', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const hold: Answer = (_, response) => {
      held.push(response);
      most = Math.max(most, held.length);
    };
    const six = messages('a', 'b', 'c', 'd', 'e', 'f');
    const { batches, waitFor, url } = await fed(hold, { concurrency: 2, batchSize: 1 });
    await send(url, six);
    await waitFor(2);
    // A third invocation would have started before this message of another queue is processed.
    const other = await fed(succeed, { sent: messages('other') });
    await other.waitFor(1);
    await emptied(other.url);
    expect(await countsOf(url)).toEqual({ visible: 4, inFlight: 2 });

    for (let done = 0; done < six.length; done++) {
      await waitFor(done + 1);
      held.shift()?.end();
    }
    await emptied(url);

    expect(most).toBe(2);
    expect(bodiesOf(batches.flat())).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('finishes the invocation in progress when it stops', async () => {
    const order: string[] = [];
    const held = Promise.withResolvers<ServerResponse>();
    const { poller, url } = await fed((_, response) => held.resolve(response), { sent: messages('a') });
    const response = await held.promise;

    const stopped = poller.stop().then(() => order.push('stopped'));
    expect(await countsOf(url)).toEqual({ visible: 0, inFlight: 1 });
    order.push('answered');
    response.end();
    await stopped;

    expect(order).toEqual(['answered', 'stopped']);
    expect(await countsOf(url)).toEqual({ visible: 0, inFlight: 0 });
  });

  it('continues after a fault of the queue', async () => {
    const late = queueUrl(engine.endpoint, unique('late'));
    const { faults, batches, waitFor } = await fed(succeed, { queueUrl: late });
    await eventually('a fault is logged', () => faults.length > 0);

    await engine.client.send(new CreateQueueCommand({ QueueName: late.slice(late.lastIndexOf('/') + 1) }));
    await send(late, messages('a'));
    await waitFor(1);

    expect(faults[0]).toContain(`Polling ${late} failed: `);
    expect(batches.map(bodiesOf)).toEqual([['a']]);
  });

  it('moves a message to the dead-letter queue after ten failures, as the template configures for deliveries', async () => {
    const template = readTemplate(inject('cdkOut'));
    const endpoints = { sqs: engine.endpoint, http: 'http://api.test' };
    const urls = await ensureQueues(
      engine,
      template,
      referentsOf(template, { endpoints, stackUuid: 'uuid' }),
    );
    const {
      'ancrage-local-deliveries-queue': deliveries = '',
      'ancrage-local-deliveries-dead-letter-queue': dead = '',
    } = urls;
    const { batches } = await fed(fail('bad'), { queueUrl: deliveries, sent: messages('bad', 'good') });
    await eventually('the message is dead-lettered', async () =>
      expect((await countsOf(dead)).visible).toBe(1),
    );

    expect(await countsOf(deliveries)).toEqual({ visible: 0, inFlight: 0 });
    expect(batches.map(bodiesOf)).toEqual([['bad', 'good'], ...Array.from({ length: 9 }, () => ['bad'])]);
    const receives = batches.map((batch) => batch.find(({ body }) => body === 'bad')?.attributes);
    expect(receives.map((attributes) => attributes?.ApproximateReceiveCount)).toEqual([
      ...Array.from({ length: 10 }, (_, n) => String(n + 1)),
    ]);
  });
});

import {
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveLocally } from '../../bin/admin/move-locally.ts';
import { type QueueEngine, startFauxqs } from '../../local/engines/fauxqs.ts';

describe('a redrive on a local stack', () => {
  let engine: QueueEngine;
  beforeAll(async () => {
    engine = await startFauxqs(undefined);
  });
  afterAll(() => engine.stop());

  const newQueue = async (QueueName: string): Promise<string> =>
    (await engine.client.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
  const receive = async (QueueUrl: string): Promise<Message[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    return (await engine.client.send(command)).Messages ?? [];
  };

  it('keeps a message as it is under a new id, as SQS does', async () => {
    const [from, to] = [await newQueue('kept-dead'), await newQueue('kept')];
    const MessageAttributes = {
      'ancrage-message-id': { DataType: 'String', StringValue: 'first-id' },
      reason: { DataType: 'String', StringValue: 'There is no project "É😀".' },
      bytes: { DataType: 'Binary.gzip', BinaryValue: Uint8Array.of(0, 255) },
      count: { DataType: 'Number', StringValue: '1.10' },
    };
    const sent = await engine.client.send(
      new SendMessageCommand({
        QueueUrl: from,
        MessageBody: '{"n": 1.10}',
        MessageAttributes,
      }),
    );
    const progress: string[] = [];
    const moved = await moveLocally({
      sqs: engine.client,
      from,
      to,
      rate: undefined,
      progress: { update: (done, total) => progress.push(`${done}/${total}`), end: () => {} },
    });
    expect(moved).toEqual({ moved: 1, toMove: 1 });
    expect(progress).toEqual(['0/1', '1/1']);
    const [message, ...others] = await receive(to);
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      Body: '{"n": 1.10}',
      MessageAttributes,
    });
    expect(message?.MessageId).not.toBe(sent.MessageId);
    expect(await receive(from)).toEqual([]);
  });

  it('moves more messages than fit into a request, at most at the rate', async () => {
    const [from, to] = [await newQueue('many-dead'), await newQueue('many')];
    for (let n = 0; n < 25; n++)
      await engine.client.send(new SendMessageCommand({ QueueUrl: from, MessageBody: String(n) }));
    const progress = { update: () => {}, end: () => {} };
    const startedAt = Date.now();
    const moved = await moveLocally({ sqs: engine.client, from, to, rate: 20, progress });
    expect(moved).toEqual({ moved: 25, toMove: 25 });
    // Two pauses of half a second; timers may be a little early.
    expect(Date.now() - startedAt).toBeGreaterThan(950);
    const bodies = new Set<string | undefined>();
    for (let batch = await receive(to); batch.length > 0; batch = await receive(to))
      for (const { Body } of batch) bodies.add(Body);
    expect(bodies.size).toBe(25);
  });
});

import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Access } from '../../../local/access/access.ts';
import { accessKeyOf, newCredentials } from '../../../local/access/access-keys.ts';
import { type QueueEngine, startFauxqs } from '../../../local/engines/fauxqs.ts';
import { ensureQueues } from '../../../local/engines/queues.ts';
import { referentsOf, roleId } from '../../../local/referents.ts';
import { clientSettings } from '../../../local/settings.ts';
import { readTemplate, type Template } from '../../../local/template.ts';
import { eventually } from '../../support/eventually.ts';
import { unique } from '../../support/records.ts';
import { listens, temporaryDir } from './local-process.ts';

/** An address at which other machines reach this one. */
const outerAddress = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe('the queue engine', () => {
  let engine: QueueEngine;
  beforeAll(async () => {
    engine = await startFauxqs(undefined);
  });
  afterAll(() => engine.stop());

  async function makeQueue(): Promise<string> {
    const { QueueUrl = '' } = await engine.client.send(
      new CreateQueueCommand({ QueueName: unique('queue') }),
    );
    return QueueUrl;
  }

  const bodies = [
    ['emoji and other characters above U+FFFF', 'a😀𝄞\u{10FFFF}z'],
    ['tabs and line ends', 'a\tb\nc\rd'],
    ['the last characters that XML allows', '\uD7FF\uE000\uFFFD'],
  ] as const;

  it.each(bodies)('accepts and returns %s in single and batch requests', async (_, body) => {
    const QueueUrl = await makeQueue();
    const text = { DataType: 'String', StringValue: body };

    await engine.client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes: { text } }),
    );
    await engine.client.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: body }] }),
    );

    const { Messages } = await engine.client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual([body, body]);
    expect(Messages?.find(({ MessageAttributes }) => MessageAttributes)?.MessageAttributes).toEqual({ text });
  });

  it.each(['\u0000', '\u000B', '\uFFFF', '\uD83D alone'])('rejects %j as SQS does', async (body) => {
    const QueueUrl = await makeQueue();

    await expect(engine.client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }))).rejects.toThrow(
      /invalid characters?/i,
    );
  });

  it('shows who sent a message, also after a restart and in a dead-letter queue, and nothing else of that', async () => {
    const credentials = newCredentials();
    const access = new Access({ credentials, enforceGrants: false, log: () => {} });
    access.admit(new Map([['publish', { name: 'publish-role', statements: [] }]]));
    const dataDir = join(temporaryDir(), 'sqs');
    const first = await startFauxqs(dataDir, { access, credentials });
    const soonVisible = { VisibilityTimeout: '1' };
    const { QueueUrl: dead = '' } = await first.client.send(
      new CreateQueueCommand({ QueueName: 'dead', Attributes: soonVisible }),
    );
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      maxReceiveCount: 1,
    });
    const { QueueUrl = '' } = await first.client.send(
      new CreateQueueCommand({ QueueName: 'work', Attributes: { RedrivePolicy, ...soonVisible } }),
    );
    const accessKeyId = accessKeyOf('publish', credentials);
    const publish = new SQSClient(clientSettings(first.endpoint, { ...credentials, accessKeyId }));
    const own = { DataType: 'String', StringValue: 'own' };
    await publish.send(new SendMessageCommand({ QueueUrl, MessageBody: 'ours', MessageAttributes: { own } }));
    publish.destroy();
    const Entries = [{ Id: '1', MessageBody: 'theirs' }];
    await first.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    await first.stop();

    const second = await startFauxqs(dataDir, { access, credentials });
    const receive = async (url: string) => {
      const { Messages = [] } = await second.client.send(
        new ReceiveMessageCommand({
          QueueUrl: url.replace(first.endpoint, second.endpoint),
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 5,
          MessageSystemAttributeNames: ['SenderId'],
          MessageAttributeNames: ['own'],
        }),
      );
      return Messages.map(({ Body = '', Attributes, MessageAttributes }) => ({
        Body,
        Attributes,
        MessageAttributes,
      })).sort((one, other) => one.Body.localeCompare(other.Body));
    };
    const both = [
      {
        Body: 'ours',
        Attributes: { SenderId: `${roleId('publish-role')}:publish` },
        MessageAttributes: { own },
      },
      {
        Body: 'theirs',
        Attributes: { SenderId: expect.stringMatching(/^AIDA/) },
        MessageAttributes: undefined,
      },
    ];
    expect(await receive(QueueUrl)).toEqual(both);
    await eventually('they are dead letters', async () => {
      await receive(QueueUrl);
      expect(await receive(dead)).toEqual(both);
    });
    await second.stop();
  });

  it.skipIf(outerAddress === undefined)('listens only on this machine', async () => {
    const { port } = new URL(engine.endpoint);

    expect(await listens(engine.endpoint)).toBe(true);
    expect(await listens(`http://${outerAddress}:${port}`)).toBe(false);
  });
});

describe("the template's queues", () => {
  const queue = (path: string, Properties: object) => ({
    Type: 'AWS::SQS::Queue',
    Metadata: { 'aws:cdk:path': `Test/${path}/Resource` },
    Properties: Properties as Record<string, unknown>,
  });
  const templateWith = (visibilityTimeout: number): Template => ({
    stackName: 'Test',
    outputs: {},
    assetDirs: {},
    resources: {
      Work: queue('WorkQueue', {
        VisibilityTimeout: visibilityTimeout,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        SqsManagedSseEnabled: true,
      }),
      Dead: queue('DeadQueue', { MessageRetentionPeriod: 1209600 }),
    },
  });
  const ensure = (engine: QueueEngine, template: Template) =>
    ensureQueues(
      engine,
      template,
      referentsOf(template, {
        endpoints: { sqs: engine.endpoint, http: 'http://api.test' },
        stackUuid: 'uuid',
      }),
    );
  const attributesOf = async (engine: QueueEngine, QueueUrl: string | undefined) =>
    (await engine.client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })))
      .Attributes;

  it('are created with their attributes', async () => {
    const engine = await startFauxqs(undefined);
    const urls = await ensure(engine, templateWith(90));

    expect(Object.keys(urls).sort()).toEqual(['test-dead-queue', 'test-work-queue']);
    const work = await attributesOf(engine, urls['test-work-queue']);
    expect(work?.VisibilityTimeout).toBe('90');
    expect(JSON.parse(work?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:test-dead-queue',
      maxReceiveCount: 3,
    });
    expect((await attributesOf(engine, urls['test-dead-queue']))?.MessageRetentionPeriod).toBe('1209600');
    await engine.stop();
  });

  it('include all queues of the stack, each with its dead-letter queue', async () => {
    const engine = await startFauxqs(undefined);
    const urls = await ensure(engine, readTemplate(inject('cdkOut')));

    for (const name of ['events', 'deliveries', 'retries']) {
      const attributes = await attributesOf(engine, urls[`ancrage-local-${name}-queue`]);
      expect(JSON.parse(attributes?.RedrivePolicy ?? '')).toEqual({
        deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:ancrage-local-${name}-dead-letter-queue`,
        maxReceiveCount: name === 'events' ? 1000 : 10,
      });
    }
    await engine.stop();
  });

  it('keep their messages between runs, adopt the attributes of a new version and make in-flight messages visible', async () => {
    const dataDir = join(temporaryDir(), 'sqs');
    const first = await startFauxqs(dataDir);
    const { 'test-work-queue': work } = await ensure(first, templateWith(90));
    await first.client.send(new SendMessageCommand({ QueueUrl: work, MessageBody: 'in flight' }));
    await first.client.send(new ReceiveMessageCommand({ QueueUrl: work }));
    await first.client.send(new SendMessageCommand({ QueueUrl: work, MessageBody: 'queued' }));
    await first.stop();

    const second = await startFauxqs(dataDir);
    const { 'test-work-queue': again } = await ensure(second, templateWith(120));

    const bodies: (string | undefined)[] = [];
    while (bodies.length < 2) {
      const { Messages = [] } = await second.client.send(
        new ReceiveMessageCommand({ QueueUrl: again, WaitTimeSeconds: 5 }),
      );
      bodies.push(...Messages.map(({ Body }) => Body));
    }
    expect(bodies).toEqual(['queued', 'in flight']);
    expect((await attributesOf(second, again))?.VisibilityTimeout).toBe('120');
    await second.stop();
  });
});

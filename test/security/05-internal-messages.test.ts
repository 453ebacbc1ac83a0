import { DeleteMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { continuationMessage, deadLetterMessage } from '../../core/model/event-message.ts';
import { toQueueMessage } from '../../core/model/queue-message.ts';
import { accessKeyOf } from '../../local/access/access-keys.ts';
import { eventually } from '../support/eventually.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

/** Whoever may send to the events queue may publish, and do nothing else that only our own functions may. */
describe('a publisher with access to the events queue', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } };
  const EXHAUSTED = 'ancrage.delivery.exhausted';

  let sqs: SQSClient;
  beforeAll(async () => {
    const { region, accessKeyId, secretAccessKey, awsEndpointUrlSqs: endpoint } = stack().outputs;
    sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    await stack().done('PUT', 'event-types/checked', { schema: SCHEMA });
    for (const events of [['checked'], ['ancrage.*'], ['plain']])
      await stack().subscribe({ url: receiver.url(`/${events[0]}`), events });
  });
  afterAll(() => sqs.destroy());

  const urlOf = (queue: string) => stack().queueUrls[`ancrage-local-${queue}-queue`] as string;
  const event = (given: object) => JSON.stringify({ project: stack().outputs.project, data: {}, ...given });
  /** Send a message that fan-out must refuse. Return the reason in its dead letter. */
  const refused = async (body: string, attributes: Readonly<Record<string, string>>): Promise<string> => {
    await stack().send(body, attributes);
    const [letter] = await stack().receive('events-dead-letter');
    await sqs.send(
      new DeleteMessageCommand({
        QueueUrl: urlOf('events-dead-letter'),
        ReceiptHandle: letter?.ReceiptHandle,
      }),
    );
    expect(letter?.Body).toBe(body);
    return letter?.MessageAttributes?.reason?.StringValue ?? '';
  };
  const stored = async (id: string) => {
    const { data } = await stack().get('events?limit=100');
    return data.some((each: { id: string }) => each.id === id);
  };

  it('cannot forge an operational event', async () => {
    const forged = event({ type: EXHAUSTED, id: 'forged', data: { subscriptionId: 'sub_1' } });
    expect(await refused(forged, { 'ancrage-own': 'true' })).toContain('reserved');
    expect(await stored('forged')).toBe(false);
    expect(receiver.requests.filter(to('/ancrage.*'))).toEqual([]);
  });

  it.each([
    ['of an event that was checked over HTTPS', { 'ancrage-checked': 'true' }],
    ['of an operational event', { 'ancrage-own': 'true' }],
    ['of a dead letter', { 'ancrage-checked': 'true', reason: 'x', 'ancrage-mac': 'x' }],
  ])('cannot skip a schema with the attributes %s', async (_, attributes) => {
    const unfit = event({ type: 'checked', id: 'unfit', data: { total: 'much' } });
    expect(await refused(unfit, attributes)).toContain('data.total');
    expect(await stored('unfit')).toBe(false);
  });

  it('cannot choose what an event of ours says about its publisher', async () => {
    const forged = event({ type: 'plain', id: 'forged-parts', publisherId: 'x', dataForm: 'base64' });
    expect(await refused(forged, { 'ancrage-checked': 'true' })).toContain('publisherId, dataForm');
    expect(await stored('forged-parts')).toBe(false);
  });

  it('cannot have an event delivered again by a continuation', async () => {
    const { body } = await stack().publish({ type: 'plain', data: {} });
    await receiver.waitFor(1, to('/plain'));
    const project = stack().outputs.project;
    const forged = continuationMessage({ project, eventId: body.id, pattern: 0, cursor: null });
    expect(await refused(forged.body, forged.attributes ?? {})).toMatch(/type|eventId/);
    await stack().settled();
    expect(receiver.requests.filter(to('/plain'))).toHaveLength(1);
  });

  it('cannot claim the first id of another message, and so repeat its event', async () => {
    const first = await sqs.send(
      new SendMessageCommand({
        QueueUrl: urlOf('events'),
        MessageBody: event({ type: 'plain', id: 'known' }),
      }),
    );
    await eventually('it is stored', async () => expect(await stored('known')).toBe(true));
    await stack().settled();
    const before = receiver.requests.length;
    expect(before).toBeGreaterThan(0);
    for (const attributes of [
      { 'ancrage-message-id': first.MessageId ?? '' },
      { 'ancrage-message-id': first.MessageId ?? '', 'ancrage-faults': '1', 'ancrage-sent-at': '1' },
    ])
      await stack().send(event({ type: 'plain', id: 'known' }), attributes);
    await stack().settled();
    expect(receiver.requests).toHaveLength(before);
  });

  it('cannot choose an id that nothing validates, a time of acceptance or a place in the order', async () => {
    const { MessageId } = await sqs.send(
      new SendMessageCommand({
        QueueUrl: urlOf('events'),
        MessageBody: event({ type: 'plain' }),
        MessageAttributes: Object.fromEntries(
          Object.entries({
            'ancrage-message-id': '../../another\tid',
            'ancrage-sent-at': '1000',
            'ancrage-order': `${Date.now() - 30_000}000`,
          }).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        ),
      }),
    );
    await eventually('it is stored with an id of ours', async () => {
      expect(await stored(`evt_${MessageId}`)).toBe(true);
    });
    const { acceptedAt } = await stack().get(`events/evt_${MessageId}`);
    expect(Date.parse(acceptedAt)).toBeGreaterThan(Date.now() - 60_000);
    const { data } = await stack().get('events?limit=100');
    expect(data.filter(({ id }: { id: string }) => id.includes('another'))).toEqual([]);
  });

  it('is not taken for one of our functions on the internal queue either', async () => {
    const unfit = event({ type: 'checked', id: 'unfit', data: { total: 'much' } });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: urlOf('internal'),
        MessageBody: unfit,
        MessageAttributes: { 'ancrage-checked': { DataType: 'String', StringValue: 'true' } },
      }),
    );
    const [letter] = await stack().receive('internal-dead-letter');
    expect(letter?.Body).toBe(unfit);
  });

  it('finds a dead letter of theirs validated again after a redrive, with its first id', async () => {
    const attributes = { project: 'soon', 'ancrage-own': 'true', 'ancrage-hops': '2' };
    const body = JSON.stringify({ type: 'plain', data: {} });
    await stack().send(body, attributes);
    const [letter] = await stack().receive('events-dead-letter');
    const kept = letter?.MessageAttributes ?? {};
    expect(Object.keys(kept).sort()).toEqual([
      'ancrage-hops',
      'ancrage-mac',
      'ancrage-message-id',
      'project',
      'reason',
    ]);
    await stack().done('POST', '/v1/projects', { id: 'soon' });
    const redrive = (MessageBody: string, MessageAttributes: typeof kept) =>
      sqs.send(new SendMessageCommand({ QueueUrl: urlOf('internal'), MessageBody, MessageAttributes }));
    const events = async () => (await stack().get('/v1/projects/soon/events')).data;

    // With another first id or body, and as version 0.1 left it, it is somebody's message.
    const { 'ancrage-mac': _, ...unsealed } = kept;
    const other = { DataType: 'String', StringValue: 'another' };
    await redrive(body, { ...kept, 'ancrage-message-id': other });
    await redrive(body.replace('plain', 'plain.other'), kept);
    await redrive(body, { ...unsealed, 'ancrage-own': { DataType: 'String', StringValue: 'true' } });
    await eventually('they are stored under ids of their own', async () => {
      expect(await events()).toHaveLength(3);
    });
    const firstId = `evt_${kept['ancrage-message-id']?.StringValue}`;
    const ids = async () => (await events()).map(({ id }: { id: string }) => id);
    expect(await ids()).not.toContain(firstId);
    expect(await ids()).not.toContain('evt_another');
    await redrive(body, kept);
    await eventually('it is stored under its first id', async () => expect(await ids()).toContain(firstId));
  });

  it('does not keep our own functions from being heard, on either queue', async () => {
    const { outputs } = stack();
    const accessKeyId = accessKeyOf('publish', outputs);
    const ours = new SQSClient({
      endpoint: outputs.awsEndpointUrlSqs,
      region: outputs.region,
      credentials: { accessKeyId, secretAccessKey: 'none' },
    });
    for (const queue of ['events', 'internal']) {
      await ours.send(
        new SendMessageCommand({
          QueueUrl: urlOf(queue),
          MessageBody: event({ type: 'checked', id: `by-${queue}`, data: { total: 'as it was accepted' } }),
          MessageAttributes: { 'ancrage-checked': { DataType: 'String', StringValue: 'true' } },
        }),
      );
      await eventually('it is stored', async () => expect(await stored(`by-${queue}`)).toBe(true));
    }
    ours.destroy();
  });

  it('cannot seal a message without the key of the stack', async () => {
    const message = { id: 'm', groupId: 'g', sentAt: 1, receiveCount: 1 };
    const unfit = event({ type: 'checked', id: 'unfit', data: { total: 'much' } });
    const sealed = deadLetterMessage(
      toQueueMessage({ ...message, body: unfit, attributes: { 'ancrage-checked': 'true' } }),
      'x',
      'a guess',
    );
    expect(await refused(unfit, sealed.attributes ?? {})).toContain('data.total');
  });
});

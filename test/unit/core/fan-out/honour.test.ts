import { describe, expect, it } from 'vitest';
import { honour } from '../../../../core/fan-out/honour.ts';
import { deadLetterMessage } from '../../../../core/model/event-message.ts';
import { toQueueMessage } from '../../../../core/model/queue-message.ts';
import { copyOf } from '../../../../core/receive/copy.ts';
import { STACK_KEY } from '../../../support/pipeline.ts';
import { NOW } from '../../../support/records.ts';

const OURS = 'AROAFANOUT0000000000';
const ports = { internalQueueName: 'internal', ownRoleIds: new Set([OURS]), stackKey: STACK_KEY };
const INTERNAL = {
  'ancrage-checked': 'true',
  'ancrage-order': '1',
  'ancrage-own': 'true',
  'ancrage-continuation': 'true',
  'ancrage-message-id': 'first',
  'ancrage-sent-at': '1',
  'ancrage-faults': '1',
  'ancrage-anything': 'new',
};
const PUBLIC = { project: 'erp', 'ancrage-hops': '2', traceparent: '00-a-b-01', tracestate: 'a=b' };

const received = (attributes: Readonly<Record<string, string>>, body = '{}') => ({
  ...{ id: 'message', body, groupId: 'erp', sentAt: NOW, receiveCount: 1 },
  attributes,
});
const honoured = (
  message: ReturnType<typeof received>,
  queue: 'events' | 'internal',
  senderId: string | undefined,
) => honour(ports, message, { queueArn: `arn:aws:sqs:eu-west-1:123456789012:${queue}`, senderId }).attributes;

describe.each(['events', 'internal'] as const)('of a message on the %s queue', (queue) => {
  const all = { ...INTERNAL, ...PUBLIC, own: 'x' };

  it('every attribute is honoured if one of our functions sent it', () => {
    expect(honoured(received(all), queue, `${OURS}:Ancrage-FanOut-1`)).toEqual(all);
  });

  it.each([
    ['another role', 'AROAANOTHER000000000:session'],
    ['a role whose session has the name of ours', `AROAANOTHER000000000:${OURS}`],
    ['a role whose id begins like ours', `${OURS}1:session`],
    ['a user', 'AIDAUSER000000000000'],
    ['an account, which SNS or EventBridge uses', '123456789012'],
    ['nobody that SQS names', undefined],
  ])('only those of a publication are honoured if it is from %s', (_, senderId) => {
    expect(honoured(received(all), queue, senderId)).toEqual(PUBLIC);
  });

  it('only those of a publication are honoured if it is a dead letter without a seal, whoever moved it', () => {
    for (const mark of [{ reason: 'x' }, { 'ancrage-mac': '' }])
      expect(honoured(received({ ...all, ...mark }), queue, `${OURS}:Ancrage-FanOut-1`)).toEqual(PUBLIC);
  });
});

describe('a sealed dead letter', () => {
  // With the reason, the first id and the seal, no more than SQS allows.
  const { 'ancrage-anything': _, 'ancrage-continuation': __, ...internal } = INTERNAL;
  const message = toQueueMessage(received({ ...internal, project: 'erp' }, '{"a":1}'));
  const { body, attributes = {} } = deadLetterMessage(message, 'the reason', STACK_KEY);

  it('is honoured on the internal queue, whoever moves it there', () => {
    expect(honoured(received(attributes, body), 'internal', undefined)).toEqual({
      ...internal,
      project: 'erp',
    });
  });

  it('is honoured still when a fault of ours has it copied after the redrive', () => {
    const redriven = received(attributes, body);
    const handled = toQueueMessage({
      ...redriven,
      attributes: honoured(redriven, 'internal', undefined),
    });
    const copy = copyOf(handled, handled.sentAt, 0.5)?.attributes ?? {};
    expect(honoured(received(copy, body), 'internal', `${OURS}:Ancrage-FanOut-1`)).toEqual({
      ...internal,
      project: 'erp',
      'ancrage-faults': '2',
    });
  });

  it('is a publication on the events queue', () => {
    expect(honoured(received(attributes, body), 'events', undefined)).toEqual({ project: 'erp' });
  });

  it.each([
    ['another body', attributes, '{"a":2}'],
    ['another first id', { ...attributes, 'ancrage-message-id': 'other' }, body],
    ['another attribute', { ...attributes, tracestate: 'x' }, body],
    [
      'an attribute less',
      Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'project')),
      body,
    ],
    ['the seal of another stack', deadLetterMessage(message, 'the reason', 'other').attributes ?? {}, body],
  ])('is a publication with %s', (_, changed, changedBody) => {
    const left = honoured(received(changed, changedBody), 'internal', undefined);
    expect(Object.keys(left).filter((name) => name.startsWith('ancrage-'))).toEqual([]);
  });
});

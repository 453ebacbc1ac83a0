import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import type { Event } from '../../../../core/model/event.ts';
import { readEventMessage } from '../../../../core/model/read-event-message.ts';
import { nextSpan, partsOf, readTraceContext, traceIdsOf } from '../../../../core/model/trace-context.ts';
import { publish } from '../../../../core/publish/publish.ts';
import { replayEvent } from '../../../../core/replay/replay-event.ts';
import { outgoingRequest } from '../../../../core/request/outgoing-request.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { inMemoryPipeline, type Pipeline, received, takeAll } from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const PARENT = `00-${TRACE}-${SPAN}-01`;

describe('a traceparent', () => {
  const read = (traceparent: unknown) => readTraceContext({ traceparent })?.traceparent;

  it.each([
    [PARENT, PARENT],
    [`00-${TRACE}-${SPAN}-00`, `00-${TRACE}-${SPAN}-00`],
    // Only the flag "sampled" is known to version 00.
    [`00-${TRACE}-${SPAN}-ff`, PARENT],
    [`00-${TRACE}-${SPAN}-fe`, `00-${TRACE}-${SPAN}-00`],
    // A later version begins as version 00 does.
    [`cc-${TRACE}-${SPAN}-01`, PARENT],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`, PARENT],
  ])('%s is read as %s', (given, expected) => expect(read(given)).toBe(expected));

  it.each([
    undefined,
    null,
    7,
    [PARENT],
    '',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01.more`,
    `cc-${TRACE}-${SPAN}-01more`,
    PARENT.toUpperCase(),
    ` ${PARENT}`,
    `${PARENT}\n`,
    `${PARENT}, ${PARENT}`,
    `0-${TRACE}-${SPAN}-01`,
    `00-${TRACE.slice(1)}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}0-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE.replace('4', 'g')}-${SPAN}-01`,
    `00_${TRACE}_${SPAN}_01`,
  ])('is ignored if it is malformed: %j', (given) => expect(read(given)).toBeUndefined());

  it('is ignored however long it is', () => {
    for (const end of ['', '-']) expect(read(`cc-${end}${'9'.repeat(1_000_000)}`)).toBeUndefined();
  });
});

describe('a tracestate', () => {
  const read = (tracestate: unknown) => readTraceContext({ traceparent: PARENT, tracestate })?.tracestate;
  const members = (count: number) => Array.from({ length: count }, (_, n) => `k${n}=1`).join(',');

  it.each([
    ['congo=t61rcWkgMzE', 'congo=t61rcWkgMzE'],
    [' a=1 ,\tb=2\t', 'a=1,b=2'],
    ['a=1,,b=2,', 'a=1,b=2'],
    ['fw529a3039@dt=FfAAAA,0a_-*/@a=! ~', 'fw529a3039@dt=FfAAAA,0a_-*/@a=! ~'],
    ['a=1,a=2', 'a=1,a=2'],
    [members(32), members(32)],
    [`a=${'x'.repeat(256)}`, `a=${'x'.repeat(256)}`],
  ])('%s is passed on', (given, expected) => expect(read(given)).toBe(expected));

  it.each([
    undefined,
    7,
    '',
    ',',
    'a',
    'a=',
    '=1',
    'A=1',
    '1=1',
    'a =1',
    'a=1=2',
    'a=é',
    'a=\u0001',
    'a=1\r\nx: y',
    'a@=1',
    '@a=1',
    'a@b@c=1',
    'a@1=1',
    `${'k'.repeat(257)}=1`,
    `a=${'x'.repeat(257)}`,
    members(33),
    `a=${'x'.repeat(250)},b=${'x'.repeat(250)},c=123456`,
  ])('is ignored if it is malformed or too long: %j', (given) => expect(read(given)).toBeUndefined());

  it('is ignored without a valid traceparent', () => {
    expect(readTraceContext({ tracestate: 'a=1' })).toBeUndefined();
    expect(readTraceContext({ traceparent: 'x', tracestate: 'a=1' })).toBeUndefined();
  });
});

it('the next span has another id, the same trace, flag and state', () => {
  for (const flag of ['00', '01']) {
    const trace = { traceparent: `00-${TRACE}-${SPAN}-${flag}`, tracestate: 'a=1' };
    const next = nextSpan(trace);
    expect(readTraceContext({ ...next })).toEqual(next);
    expect(next.tracestate).toBe('a=1');
    expect({ ...partsOf(next), spanId: SPAN }).toEqual(partsOf(trace));
    expect(partsOf(next).spanId).not.toBe(SPAN);
  }
});

it('a log line names the trace of its events, or all of their traces', () => {
  expect(traceIdsOf([undefined])).toEqual({});
  expect(traceIdsOf(['1', undefined, '1'])).toEqual({ traceId: '1' });
  expect(traceIdsOf(['1', '2', '1'])).toEqual({ traceIds: ['1', '2'] });
});

describe('the trace of a message of the events queue', () => {
  const native = '{"type":"a","data":{}}';
  const cloudEvent = (extensions: object) =>
    JSON.stringify({ specversion: '1.0', id: '1', source: '/s', type: 'a', ...extensions });
  const other = `00-${'1'.repeat(32)}-${SPAN}-00`;
  const traceOf = (body: string, attributes = {}) => {
    const message = readEventMessage({ body, attributes });
    return message.kind === 'publication' ? message.trace : null;
  };

  it('is that of its attributes, and none without one', () => {
    expect(traceOf(native)).toBeUndefined();
    expect(traceOf(native, { traceparent: PARENT, tracestate: 'a=1' })).toEqual({
      traceparent: PARENT,
      tracestate: 'a=1',
    });
  });

  it('is rather that of a CloudEvent: it names where the event began', () => {
    const attributes = { traceparent: other, tracestate: 'hop=1' };
    expect(traceOf(cloudEvent({ traceparent: PARENT }), attributes)).toEqual({ traceparent: PARENT });
    for (const traceparent of ['malformed', 7, null, { a: 1 }])
      expect(traceOf(cloudEvent({ traceparent, tracestate: 'a=1' }), attributes)).toEqual(attributes);
  });

  it('is that of the event in an SNS notification, then of the notification, then of SQS', () => {
    const sns = (Message: string) =>
      JSON.stringify({
        ...{ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message },
        MessageAttributes: { traceparent: { Type: 'String', Value: other } },
      });
    expect(traceOf(sns(cloudEvent({ traceparent: PARENT })))).toEqual({ traceparent: PARENT });
    expect(traceOf(sns(native), { traceparent: PARENT })).toEqual({ traceparent: other });
  });

  it('is no member of a native event', () => {
    for (const name of ['trace', 'traceparent'])
      expect(() => traceOf(JSON.stringify({ type: 'a', data: {}, [name]: PARENT }))).toThrow();
  });
});

describe('the trace of an event', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
  });
  const publishWith = (given: Pick<Event, 'trace'>) =>
    publish(pipeline.publishPorts, 'erp', [{ id: 'e1', type: 'a', data: '{}' as JsonText, ...given }]);
  const fanOut = () => pipeline.fanOut()(takeAll(pipeline.internalQueue));
  const deliver = async () => {
    await pipeline.deliver()(takeAll(pipeline.deliveriesQueue));
    await pipeline.deliver()(takeAll(pipeline.retriesQueue));
  };
  const pumpAt = async (now: number) => {
    pipeline.time.now = now;
    await pipeline.pump()(takeAll(pipeline.pumpsQueue));
  };
  const sent = () =>
    pipeline.requests.map(({ headers }) => partsOf({ traceparent: headers.traceparent ?? '' }));

  it('travels from the call to the first attempt, its retry and a replay, each with a span of its own', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['a'], retry: [7] }));
    await publishWith({ trace: { traceparent: PARENT, tracestate: 'a=1' } });
    await fanOut();
    pipeline.endpoint.answer = () => answers(500);
    await deliver();
    pipeline.endpoint.answer = () => answers(200);
    await pumpAt(NOW + 7000);
    const event = (await pipeline.events.get('erp', 'e1')) as Event;
    expect(event.trace).toEqual({ traceparent: PARENT, tracestate: 'a=1' });
    const replayed = {
      subscriptions: pipeline.subscriptions,
      internalQueue: pipeline.internalQueue.queue,
      retriesQueue: { send: async () => new Set<number>() },
      clock: pipeline.clock,
    };
    await replayEvent(replayed, event, undefined);
    await fanOut();
    await deliver();
    await pumpAt(NOW + 8000);
    expect(sent().map(({ traceId, sampled }) => [traceId, sampled])).toEqual(Array(3).fill([TRACE, true]));
    expect(new Set([SPAN, ...sent().map(({ spanId }) => spanId)]).size).toBe(4);
    const { items } = await pipeline.attemptLog.ofEvent('erp', 'e1', { limit: 9, cursor: null });
    expect(items.map(({ traceId }) => traceId)).toEqual([TRACE, TRACE, TRACE]);
    expect(items.map(({ request }) => request.headers.traceparent).toSorted()).toEqual(
      pipeline.requests.map(({ headers }) => headers.traceparent).toSorted(),
    );
    const about = pipeline.lines.filter(({ fields }) => fields?.eventId === 'e1');
    expect(about.length).toBeGreaterThan(3);
    expect(about.filter(({ fields }) => fields?.traceId !== TRACE)).toEqual([]);
  });

  it('is absent everywhere if the publication has none', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['a'] }));
    await publishWith({});
    expect(pipeline.internalQueue.sent[0]?.attributes).not.toHaveProperty('traceparent');
    await fanOut();
    await deliver();
    expect(await pipeline.events.get('erp', 'e1')).not.toHaveProperty('trace');
    expect(pipeline.requests[0]?.headers).not.toHaveProperty('traceparent');
    expect((await pipeline.attemptLog.ofEvent('erp', 'e1', { limit: 9, cursor: null })).items).toMatchObject([
      expect.not.objectContaining({ traceId: expect.anything() }),
    ]);
  });

  it('is none of the operational events that it leads to, which stand for many events', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['a'], retry: 'none' }));
    await publishWith({ trace: { traceparent: PARENT } });
    await fanOut();
    pipeline.endpoint.answer = () => answers(410);
    await deliver();
    expect(pipeline.internalQueue.sent).toHaveLength(1);
    expect(pipeline.internalQueue.sent[0]?.attributes).not.toHaveProperty('traceparent');
  });

  it('is that of the array’s message, unless an event states its own', async () => {
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['a'] }));
    const own = `00-${'1'.repeat(32)}-${SPAN}-00`;
    const body = JSON.stringify([
      { project: 'erp', type: 'a', data: {} },
      { specversion: '1.0', project: 'erp', id: '1', source: '/s', type: 'a', traceparent: own },
    ]);
    await pipeline.fanOut()([received({ body, attributes: { traceparent: PARENT } })]);
    await fanOut();
    await deliver();
    expect(
      sent()
        .map(({ traceId }) => traceId)
        .toSorted(),
    ).toEqual(['1'.repeat(32), TRACE]);
  });
});

describe('the request of an event with a trace', () => {
  const trace = { traceparent: PARENT, tracestate: 'a=1' };
  const cloudEvent = '{"traceparent":"x","tracestate":"a=1","sequence":"7"}' as JsonText;
  const made = (given: Parameters<typeof subscriptionRecord>[0]) =>
    outgoingRequest(subscriptionRecord(given), eventRecord({ cloudEvent }), NOW, { trace });

  it('has the tracestate only if the subscription asks for it, as a header and in a CloudEvent', () => {
    for (const format of ['standard', 'cloudevents']) {
      expect(made({ format }).headers).toMatchObject({ traceparent: PARENT });
      expect(JSON.stringify(made({ format }))).not.toContain('tracestate');
      expect(made({ format, traceState: true }).headers).toMatchObject(trace);
    }
    expect(JSON.parse(made({ format: 'cloudevents' }).body)).toMatchObject({
      traceparent: 'x',
      sequence: '7',
    });
    expect(JSON.parse(made({ format: 'cloudevents', traceState: true }).body).tracestate).toBe('a=1');
  });

  it('takes the place of headers of these names that version 0.1 let a subscription have', () => {
    const headers = { TraceParent: 'own', Tracestate: 'own', 'x-own': '1' };
    expect(made({ headers }).headers).toMatchObject({ traceparent: PARENT, 'x-own': '1' });
    expect(JSON.stringify(made({ headers }).headers)).not.toContain(':"own"');
    expect(JSON.stringify(outgoingRequest(subscriptionRecord({ headers }), eventRecord(), NOW))).not.toMatch(
      /trace/i,
    );
  });

  it('tells another origin, to which it is redirected, the trace but not its state', () => {
    const { redirects } = made({ redirects: 'follow', traceState: true });
    expect(redirects?.headersElsewhere).toMatchObject({ traceparent: PARENT });
    expect(redirects?.headersElsewhere).not.toHaveProperty('tracestate');
  });
});

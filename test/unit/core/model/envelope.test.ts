import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestError, TooLargeError } from '../../../../core/kernel/errors.ts';
import { readEnvelope } from '../../../../core/model/envelope.ts';
import { MAX_EVENT_BYTES } from '../../../../core/model/event.ts';

const cloudEvent = (more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'ce-1',
    source: '/erp',
    type: 'order.created',
    data: { n: 1 },
    ...more,
  });
const sns = (message: string, attributes = {}) =>
  JSON.stringify({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-west-1:1:t',
    Message: message,
    MessageAttributes: attributes,
  });

describe('readEnvelope', () => {
  it('reads the native form with its project', () => {
    const { project, event } = readEnvelope(
      '{"project":"erp","type":"a.b","data":{"n":1.10},"id":"x","time":"2026-01-02T03:04:05+01:00"}',
    );
    expect(project).toBe('erp');
    expect(event).toEqual({ type: 'a.b', data: '{"n":1.10}', id: 'x', time: '2026-01-02T02:04:05.000Z' });
  });

  it('reads a CloudEvent and keeps its data as written', () => {
    const { project, event } = readEnvelope(
      '{"specversion":"1.0","id":"ce-1","source":"/erp","type":"order.created","time":"2026-01-02T03:04:05Z","project":"erp","data":{"n":1.10,"2":0,"1":0}}',
    );
    expect(project).toBe('erp');
    expect(event).toEqual({
      id: 'ce-1',
      source: '/erp',
      type: 'order.created',
      time: '2026-01-02T03:04:05.000Z',
      data: '{"n":1.10,"2":0,"1":0}',
      cloudEvent: '{"time":"2026-01-02T03:04:05Z","project":"erp"}',
    });
  });

  it('keeps every attribute of a CloudEvent as written', () => {
    const attributes =
      '"subject":"é","dataschema":"/s","datacontenttype":"application/json; a=b","big":12345678901234567890,"on":true';
    const body = `{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"2026-01-02t03:04:05.5+01:00",${attributes},"data":{}}`;
    expect(readEnvelope(body).event.cloudEvent).toBe(`{"time":"2026-01-02t03:04:05.5+01:00",${attributes}}`);
  });

  it.each([
    ['text', { datacontenttype: 'text/plain', data: 'é' }, '"é"', undefined],
    ['a list', { data: [1] }, '[1]', undefined],
    ['null', { data: null }, 'null', undefined],
    ['nothing', { data: undefined }, '{}', 'none'],
    ['bytes', { datacontenttype: 'image/png', data: undefined, data_base64: '/w==' }, '"/w=="', 'base64'],
    ['bytes of no type', { data: undefined, data_base64: '/w==' }, '"/w=="', 'base64'],
    ['JSON in base64', { data: undefined, data_base64: 'eyAgfQ==' }, '{}', 'json in base64'],
    [
      'XML in base64',
      { datacontenttype: 'text/xml', data: undefined, data_base64: 'PGEvPg==' },
      '"PGEvPg=="',
      'base64',
    ],
  ])('reads the data of a CloudEvent: %s', (_, given, data, dataForm) => {
    const { event } = readEnvelope(cloudEvent(given));
    expect([event.data, event.dataForm]).toEqual([data, dataForm]);
  });

  it.each([
    ['publisherId', '"x"'],
    ['cloudEvent', '{"subject":"x"}'],
    ['dataForm', '"base64"'],
  ])('reads %s only in a message of our own', (name, value) => {
    const body = `{"project":"p","type":"t","data":7,"${name}":${value}}`;
    expect(readEnvelope(body, true).event).toEqual({
      type: 't',
      data: '7',
      [name]: name === 'cloudEvent' ? value : JSON.parse(value),
    });
    expect(() => readEnvelope(body)).toThrow(`unknown fields: ${name}`);
    expect(() => readEnvelope(body)).toThrow('data is not an object');
  });

  it('reads the ordering key of an event and of a CloudEvent, of 1 to 128 characters', () => {
    const keyOf = (text: string) => readEnvelope(text).event.orderingKey;
    const native = (orderingKey: unknown) => JSON.stringify({ type: 'a', data: {}, orderingKey });
    for (const key of ['a', '#', 'é😀', 'x'.repeat(128)]) {
      expect(keyOf(native(key))).toBe(key);
      expect(keyOf(cloudEvent({ orderingkey: key }))).toBe(key);
    }
    expect(keyOf(native(undefined))).toBeUndefined();
    expect(() => keyOf(native(null))).toThrow(/^orderingKey /);
    for (const wrong of ['', 'x'.repeat(129), 7]) {
      expect(() => keyOf(native(wrong))).toThrow(/^orderingKey /);
      expect(() => keyOf(cloudEvent({ orderingkey: wrong }))).toThrow(/^orderingkey /);
    }
  });

  it('reads a CloudEvent with base64 data or without data', () => {
    const base64 = Buffer.from('{"n": 1.10}').toString('base64');
    expect(readEnvelope(cloudEvent({ data: undefined, data_base64: base64 })).event.data).toBe('{"n":1.10}');
    expect(readEnvelope(cloudEvent({ data: undefined })).event.data).toBe('{}');
  });

  it('takes attributes of a CloudEvent that are null for unset ones', () => {
    const unset = ['time', 'datacontenttype', 'data_base64', 'project', 'orderingkey', 'subject', 'myext'];
    const { project, event } = readEnvelope(
      cloudEvent(Object.fromEntries(unset.map((name) => [name, null]))),
    );
    expect({ project, event }).toEqual(readEnvelope(cloudEvent()));
    expect(event.cloudEvent).toBe('{}');
    expect(() => readEnvelope(cloudEvent({ id: null }))).toThrow('id is required');
  });

  it.each(['subject', 'datacontenttype', 'dataschema', 'myext'])(
    'refuses a CloudEvent with control characters in %s, and reads them in its data',
    (name) => {
      for (const wrong of ['a\u0000b', 'a\nb', '\u0085', '\ud800'])
        expect(() => readEnvelope(cloudEvent({ [name]: wrong }))).toThrow(
          `${name} contains control characters`,
        );
      const { event } = readEnvelope(cloudEvent({ data: 'a\nb', [name]: 'é' }));
      expect(event.data).toBe('"a\\nb"');
    },
  );

  it('refuses a CloudEvent with data in both forms', () => {
    const both = cloudEvent({ data_base64: Buffer.from('{}').toString('base64') });
    expect(() => readEnvelope(both)).toThrow('data_base64 is given besides data');
  });

  it.each([
    '/erp',
    'urn:uuid:6e8bc430',
    'https://u@example.com:8080/a%20b?q#f',
    'mailto:a@b.c',
    'com.acme',
    '#a',
    'http://[::1]/',
    'a/b:c',
  ])('reads the source of a CloudEvent that is a URI reference: %s', (source) =>
    expect(readEnvelope(cloudEvent({ source })).event.source).toBe(source),
  );

  it.each([
    'my erp system',
    'a:b c',
    '%',
    '/a%2',
    'é',
    '<a>',
    '/a|b',
    '1:2',
    ':a',
    '/a[b]',
    'http://h:port/',
    '#a#b',
    '\\',
    ' /erp',
    `${'/a'.repeat(500)} `,
  ])('refuses a source of a CloudEvent that is none: %j', (source) =>
    expect(() => readEnvelope(cloudEvent({ source }))).toThrow(/^source is not a URI reference/),
  );

  it('refuses base64 data that is not UTF-8, and drops a byte order mark', () => {
    const read = (...bytes: number[]) =>
      readEnvelope(
        cloudEvent({
          datacontenttype: 'application/json',
          ...{ data: undefined, data_base64: Buffer.from(bytes).toString('base64') },
        }),
      );
    expect(() => read(0x7b, 0xff, 0x7d)).toThrow('data_base64 is not UTF-8.');
    expect(read(0xef, 0xbb, 0xbf, 0x7b, 0x7d).event.data).toBe('{}');
  });

  it('reads times with a lower-case t and z', () => {
    const body = '{"type":"a","data":{},"time":"2026-01-02t03:04:05z"}';
    expect(readEnvelope(body).event.time).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05.123456789Z'],
    ['2026-01-02T03:04:05.9999999+01:00', '2026-01-02T02:04:05.9999999Z'],
    ['2026-01-02T03:04:05.1Z', '2026-01-02T03:04:05.100Z'],
  ])('keeps the precision of a time: %s', (time, utc) => {
    expect(readEnvelope(cloudEvent({ time })).event.time).toBe(utc);
  });

  it('reads an EventBridge event', () => {
    const { event } = readEnvelope(
      JSON.stringify({
        version: '0',
        id: '17793124-05d4-b198-2fde-7ededc63b103',
        'detail-type': 'Order Placed',
        source: 'shop.orders',
        account: '123456789012',
        time: '2026-01-02T03:04:05Z',
        region: 'eu-west-1',
        resources: [],
        detail: { total: 3 },
      }),
    );
    expect(event).toMatchObject({
      type: 'Order Placed',
      data: '{"total":3}',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
    });
  });

  it('reads an SNS notification around any of these, which may name the project in an attribute', () => {
    const attribute = { project: { Type: 'String', Value: 'crm' } };
    const native = readEnvelope(sns('{"type":"a","data":{"n":1.0}}', attribute));
    expect(native).toEqual({ project: 'crm', event: { type: 'a', data: '{"n":1.0}' }, hops: 0 });
    expect(readEnvelope(sns(cloudEvent())).event.type).toBe('order.created');
  });

  it('computes the changes from the previous fields, as written', () => {
    const { event } = readEnvelope(
      '{"project":"p","type":"t","previous":{"9":1.0,"a":1,"gone":0},"data":{"9":1.01,"a":1,"new":[1]}}',
    );
    expect(event.changes).toBe(
      '{"9":{"from":1.0,"to":1.01},"gone":{"from":0,"to":null},"new":{"from":null,"to":[1]}}',
    );
  });

  it.each([
    ['1.0', '1.00', false],
    ['10.0', '1e1', false],
    ['-0.0', '0', false],
    ['1E-400', '10e-401', false],
    ['12345678901234567890', '12345678901234567891', true],
    ['0.1', '0.10000000000000000001', true],
    ['1', '"1"', true],
    ['1', '-1', true],
    ['{"a":1,"b":[2.0]}', '{"b":[2],"a":1.0}', false],
    ['{"a":1,"b":null}', '{"a":1}', false],
    ['[null,1]', '[1]', true],
    ['[1,2]', '[2,1]', true],
    ['"\\u00e9/"', '"é\\/"', false],
    ['null', undefined, false],
    [undefined, 'null', false],
    ['{}', undefined, true],
    ['[]', '{}', true],
  ])('compares values for the changes: %s and %s differ: %s', (before, now, differ) => {
    const fields = (value: string | undefined) => (value === undefined ? '{}' : `{"f":${value}}`);
    const body = `{"project":"p","type":"t","previous":${fields(before)},"data":${fields(now)}}`;
    const changes = { f: expect.anything() };
    expect(JSON.parse(readEnvelope(body).event.changes ?? '')).toEqual(differ ? changes : {});
  });

  it.each([
    ['garbage', 'garbage', /not JSON/],
    ['an array', '[]', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['a missing type', '{"project":"p","data":{}}', /^type /],
    ['missing data', '{"project":"p","type":"t"}', /^data is required/],
    ['data that is not an object', '{"project":"p","type":"t","data":[1]}', /^data is not an object/],
    ['an unknown field', '{"project":"p","type":"t","data":{},"colour":1}', /unknown fields: colour/],
    ['a project that is not a string', '{"project":1,"type":"t","data":{}}', /^project /],
    ['a bad time', '{"project":"p","type":"t","data":{},"time":"yesterday"}', /^time /],
    ['a CloudEvent of another version', cloudEvent({ specversion: '0.3' }), /^specversion /],
    ['a CloudEvent without source', cloudEvent({ source: undefined }), /^source /],
    [
      'a CloudEvent with XML in base64 that claims to be JSON',
      cloudEvent({ datacontenttype: 'a/b+json', data: undefined, data_base64: 'PGEvPg==' }),
      /not JSON/,
    ],
    [
      'a time beyond the year 9999',
      '{"project":"p","type":"t","data":{},"time":"9999-12-31T23:59:59-23:59"}',
      /^time is beyond/,
    ],
    ['SNS in SNS', sns(sns('{}')), /wraps another/],
    ['SNS around text', sns('hello'), /not JSON/],
  ])('rejects %s with the reason', (_name, body, reason) => {
    const read = () => readEnvelope(body);
    expect(read).toThrow(reason);
  });

  it('rejects an event above a size, which allows for additions to that of the API', () => {
    const { published, carried } = MAX_EVENT_BYTES[1];
    const withBytes = (bytes: number) => `{"project":"p","type":"t","data":{"x":"${'x'.repeat(bytes)}"}}`;
    expect(() => readEnvelope(withBytes(published), false, carried)).not.toThrow();
    expect(() => readEnvelope(withBytes(carried), false, carried)).toThrow(TooLargeError);
    expect(() => readEnvelope(withBytes(MAX_EVENT_BYTES[2].carried))).toThrow(TooLargeError);
  });

  it('throws nothing but RequestErrors for any text', () => {
    const member = fc.constantFrom(
      'project',
      'type',
      'data',
      'specversion',
      'id',
      'detail-type',
      'detail',
      'source',
      'Type',
      'TopicArn',
      'Message',
      'time',
    );
    const message = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .dictionary(member, fc.oneof(fc.jsonValue(), fc.constantFrom('Notification', '1.0', '{}')))
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(message, (body) => {
        try {
          JSON.parse(readEnvelope(body).event.data);
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

import { CloudEvent, type CloudEventV1, emitterFor, HTTP, Mode, type TransportFunction } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** The CloudEvents SDK for JavaScript on both sides: it publishes, and it receives what subscribers are sent. */
describe('the CloudEvents SDK', () => {
  const stack = useStack();
  const receiver = useReceiver();

  const send: TransportFunction = async ({ headers, body }) => {
    const { apiUrl, adminKey } = stack().outputs;
    const response = await fetch(`${apiUrl}/v1/projects/${stack().project}/events`, {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), authorization: `Bearer ${adminKey}` },
      ...(body !== undefined && { body: body as string }),
    });
    expect(response.status, await response.clone().text()).toBe(202);
    return response.json();
  };
  const publish = (event: CloudEvent<unknown>, mode: Mode) => emitterFor(send, { mode })(event);

  /** Return the events that a subscriber to a path got, as the SDK reads them. */
  const received = async (path: string, count: number) => {
    const requests = await receiver.waitFor(count, to(path));
    return requests.map(
      ({ headers, body }) => HTTP.toEvent<unknown>({ headers, body }) as CloudEventV1<unknown>,
    );
  };
  const subscribe = (type: string) =>
    stack().subscribe({ url: receiver.url(`/${type}`), events: [type], format: 'cloudevents' });

  const ATTRIBUTES = {
    ...{ source: 'https://shop.example/a%20b?x#y', subject: 'One "quoted" 100%' },
    ...{ time: '2026-01-02T03:04:05.123456789+01:00', dataschema: 'https://shop.example/schema' },
    ...{ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', sequence: '7' },
  };
  const DATA: readonly [name: string, type: string | undefined, data: unknown][] = [
    ['an object', 'application/json', { n: 1, deep: [{}] }],
    ['a list', 'application/json', [1, 'a']],
    ['text', 'text/plain', 'héllo'],
    ['XML', 'application/xml', '<a>é</a>'],
    ['bytes', 'application/octet-stream', Uint8Array.from([0, 255, 128, 10])],
    ['nothing', undefined, undefined],
  ];

  it.each([Mode.BINARY, Mode.STRUCTURED].flatMap((mode) => DATA.map((row, n) => [mode, ...row, n] as const)))(
    'publishes in %s mode and receives %s unchanged',
    async (mode, _, datacontenttype, data, n) => {
      const type = `sdk.${mode}.${n}`;
      await subscribe(type);
      const event = new CloudEvent({
        ...{ ...ATTRIBUTES, type },
        ...(datacontenttype !== undefined && { datacontenttype }),
        ...(data !== undefined && { data }),
      });
      const accepted = (await publish(event, mode)) as { id: string };
      const [got] = await received(`/${type}`, 1);
      expect(attributesOf(got)).toEqual(attributesOf(viaSdk(event, mode)));
      expect(dataOf(got)).toEqual(dataOf(event));
      const [request] = receiver.requests.filter(to(`/${type}`));
      expect(request?.headers['webhook-id']).toBe(accepted.id);
      expect((await stack().get(`events/${accepted.id}`)).source).toBe(ATTRIBUTES.source);
    },
  );

  it('publishes a batch, in which two sources use the same id', async () => {
    await subscribe('sdk.batch');
    const batch = ['/a', '/b'].map(
      (source) => new CloudEvent({ ...ATTRIBUTES, id: '1', source, type: 'sdk.batch', data: { source } }),
    );
    await send({
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(batch),
    });
    const got = await received('/sdk.batch', 2);
    const bySource = got.toSorted((a, b) => (a.source < b.source ? -1 : 1));
    expect(bySource.map((each) => [attributesOf(each), each.data])).toEqual(
      batch.map((each) => [attributesOf(each), each.data]),
    );
  });

  it('reads a body without a content type as bytes', async () => {
    const { apiUrl, adminKey } = stack().outputs;
    const headers = {
      ...{ authorization: `Bearer ${adminKey}`, 'ce-specversion': '1.0', 'ce-id': 'untyped' },
      ...{ 'ce-source': '/a', 'ce-type': 'sdk.untyped' },
    };
    const post = (body: Uint8Array<ArrayBuffer>) =>
      fetch(`${apiUrl}/v1/projects/${stack().project}/events`, { method: 'POST', headers, body });
    await subscribe('sdk.untyped');
    expect((await post(Uint8Array.from([0, 255]))).status).toBe(202);
    const [got] = await received('/sdk.untyped', 1);
    expect(dataOf(got)).toEqual([0, 255]);
  });

  it.each(['standard', 'data', 'weavy'])(
    'publishes text for subscribers of the format %s',
    async (format) => {
      const type = `sdk.text.${format}`;
      await stack().subscribe({ url: receiver.url(`/${type}`), events: [type], format });
      await publish(
        new CloudEvent({ ...ATTRIBUTES, type, datacontenttype: 'text/plain', data: 'é' }),
        Mode.BINARY,
      );
      const [request] = await receiver.waitFor(1, to(`/${type}`));
      expect(request?.body).toContain('"é"');
    },
  );
});

/** Return an event as a receiver gets it that the SDK sends it to directly. */
const viaSdk = (event: CloudEvent<unknown>, mode: Mode) =>
  HTTP.toEvent<unknown>(
    mode === Mode.BINARY ? HTTP.binary(event) : HTTP.structured(event),
  ) as CloudEventV1<unknown>;

function attributesOf(event: CloudEventV1<unknown> | undefined): object {
  const { data: _, data_base64: __, ...attributes } = JSON.parse(JSON.stringify(event));
  return attributes;
}

/** Return the data, bytes as a list. */
function dataOf(event: CloudEventV1<unknown> | undefined): unknown {
  const data = event?.data;
  return ArrayBuffer.isView(data) ? [...(data as Uint8Array)] : data;
}

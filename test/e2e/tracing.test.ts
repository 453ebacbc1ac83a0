import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectedSpan, startCollector } from '../support/collector.ts';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';
import { makeDirect } from '../support/waiting.ts';

/** Always the same, so that the stack need not be synthesised for each run. */
const PORT = 14_318;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('a stack that records spans', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  beforeAll(async () => {
    collector = await startCollector(undefined, PORT);
  });
  afterAll(() => collector.stop());
  const stack = useOwnStack({ context: { tracing: { otlpEndpoint: `http://127.0.0.1:${PORT}` } } });
  const receiver = useReceiver();

  /** Return the spans of an event once there are so many. */
  const spansOf = (eventId: string, count: number): Promise<CollectedSpan[]> =>
    eventually(`there are ${count} spans of ${eventId}`, () => {
      const spans = collector.spans.filter(
        ({ attributes }) => attributes['cloudevents.event_id'] === eventId,
      );
      expect(spans.map(({ name }) => name)).toHaveLength(count);
      return spans.toSorted((a, b) => (a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1));
    });
  const post = (event: object, headers: Readonly<Record<string, string>> = {}) => {
    const { apiUrl, adminKey, project } = stack().outputs;
    return fetch(`${apiUrl}/v1/projects/${project}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(event),
    });
  };

  it('connects publish, fan-out and attempt with the publisher’s trace and the hook’s request', async () => {
    const url = receiver.url('/traced/9f8e7d6c5b4a39281706?token=query-hush');
    const subscription = { url, events: ['traced'], headers: { authorization: 'Bearer header-hush' } };
    const { id } = await stack().subscribe(subscription);
    await makeDirect(stack(), id);
    const event = { type: 'traced', id: 'evt_traced', data: { iban: 'data-hush' } };
    const accepted = await post(event, { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'congo=1' });
    expect(accepted.status).toBe(202);
    const [publish, fanOut, attempt] = await spansOf('evt_traced', 3);
    expect([publish, fanOut, attempt]).toMatchObject([
      {
        name: 'publish',
        kind: 4,
        traceId: TRACE,
        parentSpanId: SPAN,
        resource: { 'service.name': 'publish' },
      },
      { name: 'fan-out', kind: 5, traceId: TRACE, parentSpanId: publish?.spanId },
      { name: 'attempt', kind: 3, traceId: TRACE, parentSpanId: fanOut?.spanId },
    ]);
    expect(attempt?.attributes).toMatchObject({
      ...{ 'ancrage.project': 'demo', 'ancrage.subscription.id': id, 'ancrage.attempt.number': 1 },
      ...{ 'http.request.method': 'POST', 'http.response.status_code': 200, 'server.address': '127.0.0.1' },
      'url.full': receiver.url('/traced/***'),
    });
    const [request] = receiver.requests.filter(({ path }) => path.startsWith('/traced'));
    expect(request?.headers.traceparent).toBe(`00-${TRACE}-${attempt?.spanId}-01`);
    expect(request?.headers).not.toHaveProperty('tracestate');
    expect(collector.bodies.join('')).not.toMatch(/-hush|9f8e7d6c|whsec_/);
  });

  it('begins a trace for an event of the queue without one, to which its failures and retries belong', async () => {
    receiver.respond(status(503));
    await stack().subscribe({ url: receiver.url('/untraced'), events: ['untraced'], retry: [1] });
    await stack().sendEvent({ type: 'untraced', id: 'evt_untraced', data: {} });
    await receiver.waitFor(2, to('/untraced'));
    const [fanOut, ...attempts] = await spansOf('evt_untraced', 3);
    expect(fanOut).not.toHaveProperty('parentSpanId', expect.stringMatching(/./));
    const { traceId, spanId: parentSpanId } = fanOut as CollectedSpan;
    const failed = { name: 'attempt', traceId, parentSpanId, status: { code: 2 } };
    expect(attempts).toMatchObject([failed, failed]);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual(['503', '503']);
    expect(await stack().get('events/evt_untraced')).toMatchObject({ traceId });
    const sent = receiver.requests.filter(to('/untraced')).map(({ headers }) => headers.traceparent);
    expect(sent).toEqual(attempts.map(({ spanId }) => `00-${traceId}-${spanId}-01`));
  });

  it('delivers as before while the collector is gone', async () => {
    await collector.stop();
    receiver.respond(status(200));
    await stack().subscribe({ url: receiver.url('/alone'), events: ['alone'] });
    expect((await post({ type: 'alone', data: {} })).status).toBe(202);
    await receiver.waitFor(1, to('/alone'));
    collector = await startCollector(undefined, PORT);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { otlpTracing } from '../../core/adapters/otlp/otlp-tracing.ts';
import { partsOf, readTraceContext } from '../../core/model/trace-context.ts';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { recordedLog } from '../support/in-memory/log.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, tracestate: 'congo=1' };
const resource = { 'service.name': 'deliver' };
type Respond = Parameters<typeof startCollector>[0];

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function tracingTo(respond?: Respond) {
  const collector = await startCollector(respond);
  stops.push(collector.stop);
  return { ...collector, ...tracingAt(collector.endpoint) };
}

function tracingAt(otlpEndpoint: string, sampleRatio = 1) {
  const time = { now: Date.now() };
  const { log, lines } = recordedLog();
  const tracing = otlpTracing({ otlpEndpoint, sampleRatio }, { resource, clock: () => time.now, log });
  return { time, lines, ...tracing };
}

describe('spans', () => {
  it('go to the collector with their times, attributes, failure and resource', async () => {
    const { tracer, flush, spans, time } = await tracingTo();
    const at = time.now;
    const span = tracer.begin('attempt', PARENT, at);
    time.now += 1500;
    span.end({ 'http.request.method': 'POST', 'http.response.status_code': 503, missing: undefined }, '503');
    await flush();
    expect(spans).toMatchObject([
      {
        ...{ name: 'attempt', kind: 3, traceId: TRACE, parentSpanId: '00f067aa0ba902b7' },
        ...{ traceState: 'congo=1', status: { code: 2 }, resource },
        startTimeUnixNano: `${at}000000`,
        endTimeUnixNano: `${at + 1500}000000`,
      },
    ]);
    expect(spans[0]?.attributes).toEqual({
      ...{ 'http.request.method': 'POST', 'http.response.status_code': 503, 'error.type': '503' },
    });
    expect(span.trace).toEqual({ ...PARENT, traceparent: `00-${TRACE}-${spans[0]?.spanId}-01` });
  });

  it('of a publisher that does not sample are not sent, but passed on', async () => {
    const { tracer, flush, bodies } = await tracingTo();
    const parent = { traceparent: `00-${TRACE}-00f067aa0ba902b7-00` };
    const { trace, end } = tracer.begin('publish', parent, Date.now());
    end({});
    await flush();
    expect(bodies).toEqual([]);
    expect(trace && partsOf(trace)).toMatchObject({ traceId: TRACE, sampled: false });
  });

  it('begin a trace where there is none, of which the stage samples a part', () => {
    for (const sampleRatio of [0, 1]) {
      const { trace } = tracingAt('http://127.0.0.1:1', sampleRatio).tracer.begin(
        'publish',
        undefined,
        Date.now(),
      );
      expect(readTraceContext({ ...trace })).toEqual(trace);
      expect(trace && partsOf(trace).sampled).toBe(sampleRatio === 1);
    }
  });
});

describe('a collector that does not take spans', () => {
  const CASES: readonly [string, Respond][] = [
    ['refuses them', (response) => response.writeHead(400).end()],
    ['asks for a later retry', (response) => response.writeHead(503, { 'retry-after': '60' }).end()],
    ['breaks the connection', (response) => response.destroy()],
    ['never answers', () => {}],
  ];
  it.each(CASES)('and %s is left alone for half a minute', async (_, respond) => {
    const { tracer, flush, bodies, lines, time } = await tracingTo(respond);
    const send = async () => {
      tracer.begin('attempt', PARENT, time.now).end({});
      await flush();
    };
    await send();
    const asked = bodies.length;
    expect(asked).toBeGreaterThan(0);
    expect(lines).toMatchObject([{ level: 'warn', message: 'spans not exported' }]);
    time.now += 29_000;
    await send();
    expect([bodies.length, lines.length]).toEqual([asked, 1]);
    time.now += 2000;
    await send();
    expect(bodies.length).toBeGreaterThan(asked);
  });

  it('and is not there fails nothing', async () => {
    const { tracer, flush, lines } = tracingAt(`http://127.0.0.1:${await freePort()}`);
    tracer.begin('attempt', PARENT, Date.now()).end({});
    await flush();
    expect(lines).toMatchObject([{ level: 'warn', message: 'spans not exported' }]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../core/contract.ts';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';
import { makeDirect } from '../support/waiting.ts';

describe('the logs of a stack', () => {
  const printed: string[] = [];
  const stack = useOwnStack({ log: (line) => printed.push(line) });
  const receiver = useReceiver();

  const logText = (name: string) => {
    const { logsDir } = stack();
    return readdirSync(logsDir).includes(`${name}.log`)
      ? readFileSync(join(logsDir, `${name}.log`), 'utf8')
      : '';
  };
  const linesOf = (name: string): Record<string, unknown>[] =>
    logText(name)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const untilLine = (name: string, holds: (line: Record<string, unknown>) => boolean) =>
    eventually(`a line of ${name} holds`, () => {
      const line = linesOf(name).find(holds);
      if (line === undefined) throw new Error(logText(name));
      return line;
    });

  it('show the path of an event through each function by its id, with the invocation', async () => {
    receiver.respond(status(503));
    const { id } = await stack().subscribe({ url: receiver.url('/hook'), events: ['paid'], retry: 'none' });
    await stack().publish({ type: 'paid', id: 'evt_way', data: {} });
    await untilLine('pump', ({ eventId }) => eventId === 'evt_way');
    const way = ['fan-out', 'deliver', 'pump']
      .flatMap(linesOf)
      .filter(({ eventId }) => eventId === 'evt_way');
    expect(way).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'event fanned out',
        project: 'demo',
        deliveries: 1,
        service: 'fan-out',
        requestId: expect.any(String),
      }),
      expect.objectContaining({
        level: 'INFO',
        message: 'delivery held',
        project: 'demo',
        subscriptionId: id,
        number: 1,
        service: 'deliver',
        requestId: expect.any(String),
      }),
      expect.objectContaining({
        level: 'WARN',
        message: 'attempt failed',
        project: 'demo',
        subscriptionId: id,
        number: 1,
        status: 503,
        follows: 'exhausted',
        service: 'pump',
        requestId: expect.any(String),
      }),
    ]);
    const shown = printed.find((line) => line.includes('evt_way') && line.includes('WARN')) ?? '';
    expect(shown).toMatch(/^pump │ WARN attempt failed project=demo eventId=evt_way .*follows=exhausted/);
  });

  it('have the metrics of each invocation in one line, as CloudWatch reads them', async () => {
    receiver.respond(status(204));
    const { id } = await stack().subscribe({ url: receiver.url('/ok'), events: ['counted'] });
    await makeDirect(stack(), id);
    await stack().publish({ type: 'counted', data: {} });
    const line = await untilLine('deliver', (each) => 'AttemptsSucceeded' in each);
    expect(line).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Ancrage', Dimensions: [['service', 'stage']] }] },
      service: 'deliver',
      stage: 'local',
      AttemptsSucceeded: 1,
    });
    await untilLine('fan-out', (each) => 'DeliveriesCreated' in each);
  });

  it('name the trace of an event that was published within one, as its requests and the request log do', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    receiver.respond(status(200));
    const subscription = { url: receiver.url('/traced'), events: ['traced'], traceState: true };
    const reserved = await stack().call('POST', 'subscriptions', {
      ...subscription,
      headers: { traceparent },
    });
    expect(reserved.status).toBe(422);
    await stack().subscribe(subscription);
    const { apiUrl, adminKey } = stack().outputs;
    const published = await fetch(`${apiUrl}/v1/projects/${stack().project}/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${adminKey}`,
        ...{ traceparent, tracestate: 'congo=1' },
      },
      body: JSON.stringify({ type: 'traced', id: 'evt_traced', data: {} }),
    });
    expect(published.status).toBe(202);
    const [request] = await receiver.waitFor(1, to('/traced'));
    expect(request?.headers).toMatchObject({
      traceparent: expect.stringMatching(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
      tracestate: 'congo=1',
    });
    expect(await untilLine('pump', ({ eventId }) => eventId === 'evt_traced')).toMatchObject({ traceId });
    expect(linesOf('fan-out').find(({ eventId }) => eventId === 'evt_traced')).toMatchObject({ traceId });
    expect(await stack().get('events/evt_traced')).toMatchObject({ traceId });
    await eventually('the attempt is in the request log', async () =>
      expect((await stack().get('events/evt_traced/attempts')).data).toMatchObject([
        { traceId, request: { headers: { traceparent: request?.headers.traceparent } } },
      ]),
    );
  });

  it('contain no secret, header value, body or query, whatever goes wrong', async () => {
    receiver.respond((_, response) => {
      response.writeHead(500, { 'set-cookie': 'cookie-hush' }).end('answer-hush');
    });
    const headers = { authorization: 'Bearer header-hush', 'x-plain': 'plain-hush' };
    const given = {
      url: receiver.url('/path-hush?token=query-hush'),
      headers,
      events: ['quiet'],
      retry: 'none',
    };
    const { secret } = await stack().subscribe(given);
    await stack().subscribe({ ...given, format: 'template', template: '{{ data.iban + 1 }} template-hush' });
    await stack().publish({ type: 'quiet', id: 'evt_quiet', data: { iban: 'data-hush' } });
    await stack().send('{"project": "demo", "type": "quiet", "password": "dead-hush"');
    await stack().call('POST', 'subscriptions', {
      url: 'https://u:url-hush@h/',
      events: ['quiet'],
    });
    await stack().call('GET', '', undefined, { bearer: 'bearer-hush' });
    await untilLine('fan-out', ({ message }) => message === 'message set aside');
    await eventually('both attempts are logged', () => {
      const attempts = linesOf('pump').filter(({ message }) => message === 'attempt failed');
      expect(attempts.filter(({ eventId }) => eventId === 'evt_quiet')).toHaveLength(2);
    });
    const all = readdirSync(stack().logsDir)
      .map((file) => readFileSync(join(stack().logsDir, file), 'utf8'))
      .join('');
    expect(all).toContain('evt_quiet');
    expect(all).not.toContain('-hush');
    for (const text of [secret, stack().outputs.adminKey]) expect(all).not.toContain(text);
  });

  it('report no fault of a version, which would end a canary, when endpoints refuse, hang up or are gone, or a message is no event', async () => {
    const answers = { '/refuses': 500, '/busy': 429, '/gone': 410 };
    receiver.respond(({ path }, response) => {
      const code = answers[path as keyof typeof answers];
      if (code === undefined) response.socket?.destroy();
      else response.writeHead(code).end();
    });
    const subscribed = await Promise.all(
      [...Object.keys(answers), '/hangs-up'].map((path) =>
        stack().subscribe({ url: receiver.url(path), events: ['unlucky'], retry: 'none' }),
      ),
    );
    for (const { id } of subscribed) await makeDirect(stack(), id);
    await stack().publish({ type: 'unlucky', id: 'evt_unlucky', data: {} });
    await stack().send('{"project": "demo", "type": "unlucky", "not": "json"');
    const failed = await eventually('all attempts have failed', () => {
      const attempts = linesOf('deliver').filter(
        ({ eventId, message }) => eventId === 'evt_unlucky' && message === 'attempt failed',
      );
      expect(attempts).toHaveLength(subscribed.length);
      return attempts;
    });
    expect(failed.map(({ requestId }) => typeof requestId)).toEqual(subscribed.map(() => 'string'));
    await untilLine('deliver', (line) => 'AttemptsFailed' in line);
    await untilLine('fan-out', (line) => 'EventsSetAside' in line);
    await stack().settled();
    const written = ['publish', 'fan-out', 'deliver', 'pump'].flatMap(linesOf);
    expect(written.filter((line) => '_aws' in line).length).toBeGreaterThan(3);
    expect(written.filter((line) => Object.values(FAULTS).some((name) => name in line))).toEqual([]);
    expect(written.filter((line) => 'version' in line)).toEqual([]);
    expect(stack().functions.environmentOf('deliver').AWS_LAMBDA_FUNCTION_VERSION).toBe('1');
  });
});

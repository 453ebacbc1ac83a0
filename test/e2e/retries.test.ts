import { describe, expect, it, onTestFinished } from 'vitest';
import { serveCase } from '../responses/server.ts';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { letFallDue, untilWaiting } from '../support/waiting.ts';

describe('a failed delivery', () => {
  const stack = useStack();
  const receiver = useReceiver();

  const pendingOf = async (id: string) => (await stack().get(`subscriptions/${id}/deliveries`)).data;
  /** The attempts of a subscription, the oldest first, once there are so many. */
  const attemptsOf = async (id: string, count: number) => (await stack().attempts(id, count)).toReversed();
  const untilPending = (id: string, numbers: number[]) =>
    eventually(`the pending deliveries have the numbers ${numbers}`, async () => {
      const pending = await pendingOf(id);
      expect(pending.map(({ number }: { number: number }) => number)).toEqual(numbers);
      return pending;
    });

  it('is retried with the same id and body and a new signature until it succeeds', async () => {
    let failures = 2;
    receiver.respond((request, response) => status(failures-- > 0 ? 500 : 200)(request, response));
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/again'),
      events: ['again'],
      retry: [1, 1, 1],
    });
    const { body } = await stack().publish({ type: 'again', data: { n: 1.1 } });
    const requests = await receiver.waitFor(3, to('/again'));
    for (const request of requests) expect(verify(secret, request)).toMatchObject({ data: { n: 1.1 } });
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([body.id]));

    const attempts = await attemptsOf(id, 3);
    expect(
      attempts.map(({ number, trigger, outcome, error }: Record<string, unknown>) => [
        number,
        trigger,
        outcome,
        error,
      ]),
    ).toEqual([
      [1, 'event', 'failure', 'status'],
      [2, 'retry', 'failure', 'status'],
      [3, 'retry', 'success', null],
    ]);
    for (const [index, at] of [attempts[0].nextAttemptAt, attempts[1].nextAttemptAt].entries()) {
      expect(Date.parse(attempts[index + 1].at)).toBeGreaterThanOrEqual(Date.parse(at));
    }
  });

  it('ends with its schedule, and is reported as failed', async () => {
    receiver.respond(status(503));
    const { id } = await stack().subscribe({ url: receiver.url('/end'), events: ['end'], retry: [1] });
    const { body } = await stack().publish({ type: 'end', data: {} });
    const attempts = await attemptsOf(id, 2);
    expect(attempts[1]).toMatchObject({
      number: 2,
      outcome: 'failure',
      nextAttemptAt: null,
      response: { status: 503 },
    });
    await untilWaiting(stack(), id, 0);
    await stack().idle('deliveries', 'retries', 'pumps');
    expect(receiver.requests.filter(to('/end'))).toHaveLength(2);
    const { deliveries } = (await stack().call('GET', `events/${body.id}`)).body;
    expect(deliveries).toEqual([{ subscriptionId: id, state: 'failed', attempts: 2, nextAttemptAt: null }]);
  });

  it('waits in the table if SQS cannot delay it that long, and is retried from there', async () => {
    receiver.respond(status(500));
    const { id } = await stack().subscribe({
      url: receiver.url('/waiting'),
      events: ['waiting'],
      retry: [3600, 7200],
    });
    await stack().publish({ type: 'waiting', data: {} });
    const [pending] = await untilPending(id, [2]);
    expect(pending).toMatchObject({ state: 'pending' });
    expect(Date.parse(pending.dueAt) - Date.now()).toBeGreaterThan(3_500_000);
    await stack().functions.invoke('sweep', {});
    await stack().idle('pumps');
    expect(receiver.requests.filter(to('/waiting'))).toHaveLength(1);

    await letFallDue(stack(), id);
    await receiver.waitFor(2, to('/waiting'));
    await untilPending(id, [3]);
    receiver.respond(status(200));
    await letFallDue(stack(), id);
    await receiver.waitFor(3, to('/waiting'));
    await untilPending(id, []);
    expect(
      (await attemptsOf(id, 3)).map(({ number, outcome }: Record<string, unknown>) => [number, outcome]),
    ).toEqual([
      [1, 'failure'],
      [2, 'failure'],
      [3, 'success'],
    ]);
  });

  it('is not retried once its subscription is deleted', async () => {
    receiver.respond(status(500));
    const { id } = await stack().subscribe({
      url: receiver.url('/cancelled'),
      events: ['cancelled'],
      retry: [2, 3600],
    });
    await stack().publish({ type: 'cancelled', data: {} });
    await receiver.waitFor(1, to('/cancelled'));
    await stack().call('DELETE', `subscriptions/${id}`);
    await untilWaiting(stack(), id, 0);
    await stack().idle('deliveries', 'retries', 'pumps');
    // A retry that was due may have been under way.
    expect(receiver.requests.filter(to('/cancelled')).length).toBeLessThanOrEqual(2);
  });

  it.each([
    [302, 'redirect'],
    [404, 'status'],
    [500, 'status'],
  ])('with %i is recorded with the error "%s"', async (code, error) => {
    receiver.respond(status(code, { location: receiver.url('/elsewhere') }));
    const { id } = await stack().subscribe({
      url: receiver.url(`/answers-${code}`),
      events: [`answers.${code}`],
      retry: 'none',
    });
    await stack().publish({ type: `answers.${code}`, data: {} });
    const [attempt] = await attemptsOf(id, 1);
    expect(attempt).toMatchObject({
      outcome: 'failure',
      error,
      response: { status: code },
      nextAttemptAt: null,
    });
    expect(receiver.requests.filter(to('/elsewhere'))).toEqual([]);
  });

  it('without a response is recorded with the error "timeout", without a server with "connection"', async () => {
    receiver.respond(() => {});
    const hanging = await stack().subscribe({
      url: receiver.url('/hangs'),
      events: ['hangs'],
      retry: 'none',
      timeoutSeconds: 1,
    });
    const refused = await stack().subscribe({ url: 'http://127.0.0.1:1/', events: ['hangs'], retry: 'none' });
    await stack().publish({ type: 'hangs', data: {} });
    expect((await attemptsOf(hanging.id, 1))[0]).toMatchObject({ error: 'timeout', response: null });
    expect((await attemptsOf(refused.id, 1))[0]).toMatchObject({ error: 'connection', response: null });
  });

  it.each([
    [503, 'its next attempt', 2],
    [429, 'the same attempt', 1],
  ])('with %i and Retry-After makes %s no earlier than the endpoint asks for', async (code, _, number) => {
    receiver.respond(status(code, { 'retry-after': '3600' }));
    const type = `later.${code}`;
    const { id } = await stack().subscribe({ url: receiver.url(`/${type}`), events: [type] });
    await stack().publish({ type, data: {} });
    const [attempt] = await attemptsOf(id, 1);
    expect(Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.at)).toBeGreaterThanOrEqual(3_600_000);
    // The attempt is recorded a moment before the next one takes its place.
    await eventually('it waits for its next attempt', async () =>
      expect(await pendingOf(id)).toMatchObject([{ number, dueAt: attempt.nextAttemptAt }]),
    );
  });

  it('with 410 disables a subscription of the native API', async () => {
    receiver.respond(status(410));
    const { id } = await stack().subscribe({ url: receiver.url('/gone'), events: ['gone'] });
    await stack().publish({ type: 'gone', data: {} });
    const [attempt] = await attemptsOf(id, 1);
    expect(attempt).toMatchObject({ error: 'status', nextAttemptAt: null, response: { status: 410 } });
    const { body } = await stack().call('GET', `subscriptions/${id}`);
    expect(body).toMatchObject({ enabled: false, disabledReason: 'gone' });
  });

  it('with 410 of a URL that was replaced a moment ago goes to the new one, even without retries', async () => {
    receiver.respond(status(200));
    const { id } = await stack().subscribe({ url: receiver.url('/old'), events: ['old'], retry: 'none' });
    await stack().publish({ type: 'old', data: { n: 1 } });
    await attemptsOf(id, 1);
    receiver.respond((request, response) => status(request.path === '/old' ? 410 : 200)(request, response));
    await stack().done('PATCH', `subscriptions/${id}`, { url: receiver.url('/new') });
    // Functions know the old URL for ten seconds.
    await stack().publish({ type: 'old', data: { n: 2 } });
    await receiver.waitFor(1, to('/new'));
    await untilPending(id, []);
    expect((await stack().get(`subscriptions/${id}`)).enabled).toBe(true);
    expect(await attemptsOf(id, 2)).toMatchObject(Array(2).fill({ number: 1, outcome: 'success' }));
  });

  describe('by a server that says more than its response', () => {
    const MORE = 'content-length: 2\r\n\r\nno more of this';
    const saying = async (...says: string[]) => {
      const server = await serveCase({ name: 'bytes after the response', says });
      onTestFinished(() => server.stop());
      return server;
    };

    it('is delivered with one request if the status is 204', async () => {
      const server = await saying('HTTP/1.1 204 No Content\r\n\r\n', '0\r\n\r\n');
      const { id } = await stack().subscribe({ url: server.url, events: ['more.204'], retry: [1, 1] });
      for (let n = 0; n < 5; n++) await stack().publish({ type: 'more.204', data: { n } });
      const attempts = await attemptsOf(id, 5);
      expect(attempts).toMatchObject(
        Array(5).fill({ number: 1, outcome: 'success', response: { body: '' } }),
      );
      await stack().idle('deliveries', 'retries', 'pumps');
      expect(server.requests()).toBe(5);
      expect((await stack().call('GET', `subscriptions/${id}`)).body.health).toMatchObject({
        lastFailure: null,
      });
    });

    it('disables its subscription with 410', async () => {
      const server = await saying(`HTTP/1.1 410 Gone\r\n${MORE}`);
      const { id } = await stack().subscribe({ url: server.url, events: ['more.410'] });
      await stack().publish({ type: 'more.410', data: {} });
      expect(await attemptsOf(id, 1)).toMatchObject([
        { error: 'status', response: { status: 410, body: 'no' } },
      ]);
      expect((await stack().call('GET', `subscriptions/${id}`)).body).toMatchObject({
        disabledReason: 'gone',
      });
      expect(server.requests()).toBe(1);
    });

    it('waits as long as its 429 asks for', async () => {
      const server = await saying(`HTTP/1.1 429 Busy\r\nretry-after: 3600\r\n${MORE}`);
      const { id } = await stack().subscribe({ url: server.url, events: ['more.429'] });
      await stack().publish({ type: 'more.429', data: {} });
      const [attempt] = await attemptsOf(id, 1);
      expect(Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.at)).toBeGreaterThanOrEqual(3_600_000);
    });
  });

  it('is none if the body of a success breaks off: the log says why it is truncated', async () => {
    const says = ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'];
    const server = await serveCase({ name: 'a body that breaks off', says, ending: 'closes' });
    onTestFinished(() => server.stop());
    const { id } = await stack().subscribe({ url: server.url, events: ['half'] });
    await stack().publish({ type: 'half', data: {} });
    const truncated = 'the server closed the connection in the middle of its response';
    expect(await attemptsOf(id, 1)).toMatchObject([
      { outcome: 'success', error: null, response: { status: 200, body: 'half', truncated } },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver, status, verify } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

describe('a replay', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  const to = (path: string) => (request: { path: string }) => request.path === path;
  const SUBSCRIPTIONS = '/v1/projects/demo/subscriptions';

  const attemptsOf = async (id: string) =>
    (await stack().call('GET', `${SUBSCRIPTIONS}/${id}/attempts?limit=100`)).body.data;
  const replay = (id: string, body: unknown) => stack().call('POST', `${SUBSCRIPTIONS}/${id}/replay`, body);
  const done = async (id: string, jobId: string) => {
    const get = async () => (await stack().call('GET', `${SUBSCRIPTIONS}/${id}/jobs/${jobId}`)).body;
    await eventually(async () => (await get()).state === 'done');
    return get();
  };
  const HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString();

  it('of what failed is sent once its endpoint is repaired, with the same id, newly signed', async () => {
    receiver.respond(status(500));
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/failed'),
      events: ['failed'],
      retry: 'none',
    });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await stack().publish({ type: 'failed', data: { n } })).body.id);
    await eventually(async () => (await attemptsOf(id)).length === 3);

    receiver.respond(status(200));
    const started = await replay(id, { since: HOUR_AGO });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ state: 'running', done: 0, only: 'failed' });
    expect(await done(id, started.body.id)).toMatchObject({ done: 3, total: 3 });
    const requests = (await receiver.waitFor(6, to('/failed'))).slice(3);
    for (const request of requests) verify(secret, request);
    expect(requests.map(({ headers }) => headers['webhook-id']).toSorted()).toEqual(ids.toSorted());
    await eventually(async () => (await attemptsOf(id)).length === 6);
    const replayed = (await attemptsOf(id)).slice(0, 3);
    for (const attempt of replayed)
      expect(attempt).toMatchObject({ number: 2, trigger: 'replay', outcome: 'success' });

    // Nothing is failed any more.
    const again = await replay(id, { since: HOUR_AGO, only: 'failed' });
    expect(await done(id, again.body.id)).toMatchObject({ done: 0, total: 0 });
  });

  it('of what is missing brings a new subscription what was published before it was there', async () => {
    receiver.respond(status(200));
    for (let n = 0; n < 4; n++) await stack().publish({ type: 'early', id: `early-${n}`, data: { n } });
    await eventually(
      async () => (await stack().call('GET', '/v1/projects/demo/events?type=early')).body.data.length === 4,
    );
    const { id } = await stack().subscribe({ url: receiver.url('/early'), events: ['early'] });
    const { body } = await replay(id, { since: HOUR_AGO, only: 'missing' });
    expect(await done(id, body.id)).toMatchObject({ done: 4, total: 4 });
    await receiver.waitFor(4, to('/early'));
    await eventually(async () => (await attemptsOf(id)).length === 4);
    const again = await replay(id, { since: HOUR_AGO, only: 'missing' });
    expect(await done(id, again.body.id)).toMatchObject({ done: 0, total: 0 });
    const all = await replay(id, { since: HOUR_AGO, only: 'all' });
    expect(await done(id, all.body.id)).toMatchObject({ done: 4, total: 4 });
    await receiver.waitFor(8, to('/early'));
  });

  it('of one event goes to the subscription that is named, or to all that want it', async () => {
    receiver.respond(status(200));
    const one = await stack().subscribe({ url: receiver.url('/one'), events: ['single'] });
    await stack().subscribe({ url: receiver.url('/two'), events: ['single'] });
    const { body } = await stack().publish({ type: 'single', data: {} });
    await Promise.all([receiver.waitFor(1, to('/one')), receiver.waitFor(1, to('/two'))]);
    const path = `/v1/projects/demo/events/${body.id}/replay`;
    const named = await stack().call('POST', path, { subscriptionId: one.id });
    expect(named.status).toBe(202);
    expect(named.body.id).toMatch(/^rpl_/);
    await receiver.waitFor(2, to('/one'));
    await stack().idle('events', 'deliveries', 'retries');
    expect(receiver.requests.filter(to('/two'))).toHaveLength(1);
    expect((await stack().call('POST', path)).status).toBe(202);
    await Promise.all([receiver.waitFor(3, to('/one')), receiver.waitFor(2, to('/two'))]);
  });

  it('survives the function that works on it', async () => {
    receiver.respond(status(200));
    const { id } = await stack().subscribe({ url: receiver.url('/long'), events: ['long'] });
    const events = Array.from({ length: 60 }, (_, n) => ({ type: 'long', id: `long-${n}`, data: { n } }));
    await stack().publish(events);
    await receiver.waitFor(60, to('/long'));
    const { body } = await replay(id, { since: HOUR_AGO, only: 'all' });
    await receiver.waitFor(65, to('/long'));
    await stack().functions.terminate('deliver');
    expect(await done(id, body.id)).toMatchObject({ done: 60, total: 60 });
    const arrived = () =>
      new Set(
        receiver.requests
          .filter(to('/long'))
          .slice(60)
          .map(({ headers }) => headers['webhook-id']),
      );
    await eventually(async () => arrived().size === 60);
  });

  it('that cannot be is refused, with the reason', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/x'), events: ['x'], enabled: false });
    expect((await replay(id, { since: HOUR_AGO })).status).toBe(409);
    expect((await replay('sub_none', { since: HOUR_AGO })).status).toBe(404);
    const faulty = await replay(id, { since: 'yesterday', until: 7, only: 'some', more: 1 });
    expect(faulty.status).toBe(422);
    expect(faulty.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      '',
      'only',
      'since',
      'until',
    ]);
    const beyond = await replay(id, { since: '9999-12-31T23:59:59-14:00' });
    expect(beyond.body.errors).toEqual([{ path: 'since', message: 'is beyond the year 9999' }]);
    const backwards = await replay(id, { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' });
    expect(backwards.body.errors).toEqual([{ path: 'until', message: 'is before since' }]);
    expect((await stack().call('GET', `${SUBSCRIPTIONS}/${id}/jobs/job_none`)).status).toBe(404);
    expect((await stack().call('POST', '/v1/projects/demo/events/evt_none/replay')).status).toBe(404);
    const { body } = await stack().publish({ type: 'x', data: {} });
    await stack().idle('events');
    const unwanted = await stack().call('POST', `/v1/projects/demo/events/${body.id}/replay`, {
      subscriptionId: id,
    });
    expect(unwanted.status).toBe(422);
    expect(unwanted.body.errors).toEqual([
      { path: 'subscriptionId', message: 'is the id of a disabled subscription' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a replay', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const replay = (id: string, body: unknown) => stack().call('POST', `subscriptions/${id}/replay`, body);
  const finished = (id: string, jobId: string) => stack().finishedJob(id, jobId);
  const HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString();

  it('sends what failed once its endpoint is repaired, with the same id and a new signature', async () => {
    receiver.respond(status(500));
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/failed'),
      events: ['failed'],
      retry: 'none',
    });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await stack().publish({ type: 'failed', data: { n } })).body.id);
    await stack().attempts(id, 3);

    receiver.respond(status(200));
    const started = await replay(id, { since: HOUR_AGO });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ state: 'running', done: 0, only: 'failed' });
    expect(await finished(id, started.body.id)).toMatchObject({ done: 3, total: 3 });
    const requests = (await receiver.waitFor(6, to('/failed'))).slice(3);
    for (const request of requests) verify(secret, request);
    expect(requests.map(({ headers }) => headers['webhook-id']).toSorted()).toEqual(ids.toSorted());
    const replayed = (await stack().attempts(id, 6)).slice(0, 3);
    for (const attempt of replayed)
      expect(attempt).toMatchObject({ number: 2, trigger: 'replay', outcome: 'success' });

    // Nothing is failed any more.
    const again = await replay(id, { since: HOUR_AGO, only: 'failed' });
    expect(await finished(id, again.body.id)).toMatchObject({ done: 0, total: 0 });
  });

  it('sends a new subscription the events that were published before it existed', async () => {
    receiver.respond(status(200));
    for (let n = 0; n < 4; n++) await stack().publish({ type: 'early', id: `early-${n}`, data: { n } });
    await eventually('all events are in the log', async () =>
      expect((await stack().get('events?type=early')).data).toHaveLength(4),
    );
    const { id } = await stack().subscribe({ url: receiver.url('/early'), events: ['early'] });
    const { body } = await replay(id, { since: HOUR_AGO, only: 'missing' });
    expect(await finished(id, body.id)).toMatchObject({ done: 4, total: 4 });
    await receiver.waitFor(4, to('/early'));
    await stack().attempts(id, 4);
    const again = await replay(id, { since: HOUR_AGO, only: 'missing' });
    expect(await finished(id, again.body.id)).toMatchObject({ done: 0, total: 0 });
    const all = await replay(id, { since: HOUR_AGO, only: 'all' });
    expect(await finished(id, all.body.id)).toMatchObject({ done: 4, total: 4 });
    await receiver.waitFor(8, to('/early'));
  });

  it('makes chosen deliveries again, once for an Idempotency-Key', async () => {
    receiver.respond(status(500));
    const settings = { events: ['chosen'], retry: 'none' };
    const [one, other] = [
      await stack().subscribe({ url: receiver.url('/chosen'), ...settings }),
      await stack().subscribe({ url: receiver.url('/other'), ...settings }),
    ];
    const { id: eventId } = (await stack().publish({ type: 'chosen', data: {} })).body;
    for (const { id } of [one, other]) await stack().attempts(id, 1);
    receiver.respond(status(200));
    const resend = (deliveries: unknown, key?: string) =>
      stack().call(
        'POST',
        'deliveries/resend',
        { deliveries },
        {
          headers: {
            'content-type': 'application/json',
            ...(key !== undefined && { 'idempotency-key': key }),
          },
        },
      );
    const wanted = [{ eventId, subscriptionId: one.id }];
    const [first, again] = [await resend(wanted, 'once'), await resend(wanted, 'once')];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const [replayed] = await stack().attempts(one.id, 2);
    expect(replayed).toMatchObject({ number: 2, trigger: 'replay', outcome: 'success' });
    await stack().idle('retries', 'pumps');
    expect(receiver.requests.filter(to('/chosen'))).toHaveLength(2);
    expect(receiver.requests.filter(to('/other'))).toHaveLength(1);

    const faulty = await resend([...wanted, { eventId, subscriptionId: 'sub_none' }]);
    expect([faulty.status, faulty.body.errors[0].path]).toEqual([422, 'deliveries.1.subscriptionId']);
    const many = await resend(Array.from({ length: 101 }, () => wanted[0]));
    expect([many.status, many.body.errors[0].path]).toEqual([422, 'deliveries']);
    expect((await resend([])).status).toBe(422);
  });

  it('sends one event to the subscription that is named, or to all that match', async () => {
    receiver.respond(status(200));
    const one = await stack().subscribe({ url: receiver.url('/one'), events: ['single'] });
    await stack().subscribe({ url: receiver.url('/two'), events: ['single'] });
    const { body } = await stack().publish({ type: 'single', data: {} });
    await Promise.all([receiver.waitFor(1, to('/one')), receiver.waitFor(1, to('/two'))]);
    const path = `events/${body.id}/replay`;
    const named = await stack().call('POST', path, { subscriptionId: one.id });
    expect(named.status).toBe(202);
    expect(named.body.id).toMatch(/^rpl_/);
    await receiver.waitFor(2, to('/one'));
    await stack().idle('events', 'internal', 'deliveries', 'retries', 'pumps');
    expect(receiver.requests.filter(to('/two'))).toHaveLength(1);
    expect((await stack().call('POST', path)).status).toBe(202);
    await Promise.all([receiver.waitFor(3, to('/one')), receiver.waitFor(2, to('/two'))]);
  });

  it('keeps the rate of its subscription, shows when it ends, and stops when it is cancelled', async () => {
    receiver.respond(status(200));
    const events = Array.from({ length: 60 }, (_, n) => ({ type: 'long', id: `long-${n}`, data: { n } }));
    await stack().publish(events);
    await eventually('all events are in the log', async () =>
      expect((await stack().get('events?type=long&limit=100')).data).toHaveLength(60),
    );
    const url = receiver.url('/long');
    const { id } = await stack().subscribe({ url, events: ['long'], rateLimit: { perSecond: 5 } });
    const { body } = await replay(id, { since: HOUR_AGO, only: 'all' });
    expect((await replay(id, { since: HOUR_AGO })).body.detail).toContain(body.id);
    await receiver.waitFor(3, to('/long'));
    await eventually('its end is estimated', async () => {
      const [job] = (await stack().get(`subscriptions/${id}/jobs`)).data;
      expect(job).toMatchObject({ id: body.id, state: 'running', endsAt: expect.stringMatching(/Z$/) });
    });
    const cancelled = await stack().call('DELETE', `subscriptions/${id}/jobs/${body.id}`);
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({ state: 'cancelled', endsAt: null });
    const { done } = cancelled.body;
    expect(done).toBeLessThan(60);

    const next = await replay(id, { since: HOUR_AGO, only: 'failed' });
    expect(await finished(id, next.body.id)).toMatchObject({ done: 0, total: 0 });
    await stack().idle('pumps');
    expect(receiver.requests.filter(to('/long')).length).toBeLessThanOrEqual(done + 10);
    const { data } = await stack().get(`subscriptions/${id}/jobs`);
    expect(data.map(({ state }: { state: string }) => state)).toEqual(['done', 'cancelled']);
    const late = await stack().call('DELETE', `subscriptions/${id}/jobs/${next.body.id}`);
    expect(late.body).toMatchObject({ state: 'done' });
  });

  it('is rejected with the reason if it is not possible', async () => {
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
    for (const method of ['GET', 'DELETE'])
      expect((await stack().call(method, `subscriptions/${id}/jobs/job_none`)).status).toBe(404);
    expect((await stack().call('GET', 'subscriptions/sub_none/jobs')).status).toBe(404);
    expect((await stack().call('POST', 'events/evt_none/replay')).status).toBe(404);
    const { body } = await stack().publish({ type: 'x', data: {} });
    await stack().idle('events', 'internal');
    const unwanted = await stack().call('POST', `events/${body.id}/replay`, {
      subscriptionId: id,
    });
    expect(unwanted.status).toBe(422);
    expect(unwanted.body.errors).toEqual([
      { path: 'subscriptionId', message: 'is the id of a disabled subscription' },
    ]);
  });
});

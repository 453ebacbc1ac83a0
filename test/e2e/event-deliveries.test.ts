import { beforeAll, describe, expect, it } from 'vitest';
import { status, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { untilWaiting } from '../support/waiting.ts';

describe('the deliveries of an event', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const ids: Record<string, string> = {};
  let event: string;
  const call = (query = '', bearer?: string) =>
    stack().call('GET', `events/${event}/deliveries${query}`, undefined, { bearer });
  const listed = async (query = '') => (await call(query)).body.data;
  const idsOf = async (query: string) =>
    (await listed(query)).map(({ subscriptionId }: { subscriptionId: string }) => subscriptionId);

  beforeAll(async () => {
    receiver.respond((request, response) => status(to('/refuses')(request) ? 503 : 200)(request, response));
    const subscribe = async (name: string, settings: object = {}) => {
      const url = receiver.url(`/${name}/T0KEN9xQzz7Pq`);
      const { id } = await stack().subscribe({ url, events: ['a.b'], name, ...settings });
      ids[name] = id;
    };
    await subscribe('takes');
    await subscribe('refuses', { url: receiver.url('/refuses'), retry: 'none', events: ['a.*'] });
    await subscribe('waits', { paused: true });
    event = (await stack().publish({ type: 'a.b', data: {} })).body.id;
    await stack().attempts(ids.takes ?? '', 1);
    await stack().attempts(ids.refuses ?? '', 1);
    await untilWaiting(stack(), ids.waits ?? '', 1);
  });

  it('say how far each is and what its endpoint answered last, page by page', async () => {
    const { data, cursor } = (await call('?limit=2')).body;
    expect(data).toEqual([
      {
        ...{ subscriptionId: ids.takes, name: 'takes', state: 'delivered', attempts: 1 },
        ...{ url: expect.stringContaining('T0KEN9xQzz7Pq'), nextAttemptAt: null },
        lastAttempt: {
          ...{ id: expect.any(String), number: 1, trigger: 'event', at: expect.any(String) },
          ...{ durationMs: expect.any(Number), outcome: 'success', status: 200, error: null },
        },
      },
      {
        ...{ subscriptionId: ids.refuses, name: 'refuses', state: 'failed', attempts: 1 },
        ...{ url: receiver.url('/refuses'), nextAttemptAt: null },
        lastAttempt: expect.objectContaining({ status: 503, error: 'status', detail: 'answered 503' }),
      },
    ]);
    const rest = (await call(`?limit=2&cursor=${cursor}`)).body;
    expect(rest).toMatchObject({
      data: [{ subscriptionId: ids.waits, state: 'pending', attempts: 0, lastAttempt: null }],
      cursor: null,
    });
  });

  it('can be looked for by name and by state', async () => {
    expect(await idsOf('?name=REFUS')).toEqual([ids.refuses]);
    expect(await idsOf('?name=127.0.0.1')).toEqual([ids.takes, ids.refuses, ids.waits]);
    expect(await idsOf('?state=pending')).toEqual([ids.waits]);
    expect(await idsOf('?name=takes&state=failed')).toEqual([]);
    expect((await call('?state=lost')).status).toBe(422);
  });

  it('do not show a credential in a URL to a key that may only read, nor find it, nor show anything to another project', async () => {
    const { secret } = await stack().newKey(['read']);
    const seen = await call('', secret);
    expect(seen.body.data).toHaveLength(3);
    expect(seen.text).not.toContain('T0KEN9xQzz7Pq');
    expect((await call('?name=T0KEN9', secret)).body.data).toEqual([]);
    const stranger = await stack().newKey(['manage'], await stack().newProject('stranger'));
    expect((await call('', stranger.secret)).status).toBe(404);
    expect((await call('', (await stack().newKey(['publish'])).secret)).status).toBe(403);
    expect((await stack().call('GET', 'events/none/deliveries')).status).toBe(404);
  });

  it('end as erased with the data of the event, without details', async () => {
    await stack().done('DELETE', `events/${event}/data`);
    expect(await listed()).toMatchObject([
      { state: 'delivered', lastAttempt: { status: 200 } },
      { state: 'failed', lastAttempt: { status: 503 } },
      { state: 'erased', lastAttempt: null },
    ]);
    expect((await call()).text).not.toContain('answered 503');
  });
});

describe('a subscription', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('is tried once a delivery was attempted, not by a test, and not any more with another URL', async () => {
    receiver.respond(status(200));
    const { id } = await stack().subscribe({ url: receiver.url('/tried'), events: ['tried'] });
    const health = async () => (await stack().get(`subscriptions/${id}`)).health;
    expect(await health()).toMatchObject({ tried: false });
    await stack().done('POST', `subscriptions/${id}/test`);
    expect(await health()).toMatchObject({ tried: false });
    await stack().publish({ type: 'tried', data: {} });
    await expect.poll(health, { timeout: 20_000 }).toMatchObject({ tried: true });
    await stack().done('PATCH', `subscriptions/${id}`, { url: receiver.url('/another') });
    expect(await health()).toMatchObject({ tried: false });
  });

  it('is found by a part of its name or host', async () => {
    const made = await stack().subscribe({ url: receiver.url('/x'), events: ['x'], name: 'Søg mig' });
    const found = async (name: string) =>
      (await stack().get(`subscriptions?name=${encodeURIComponent(name)}`)).data.map(
        ({ id }: { id: string }) => id,
      );
    expect(await found('SØG')).toEqual([made.id]);
    expect(await found('127.0')).toContain(made.id);
    expect(await found(made.id)).toEqual([made.id]);
    expect(await found('/x')).toEqual([]);
  });
});

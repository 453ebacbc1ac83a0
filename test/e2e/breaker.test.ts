import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { type Receiver, startReceiver, status, verify } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

describe('an endpoint that is down', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  const to = (path: string) => (request: { path: string }) => request.path === path;

  const get = async (id: string, of = '') =>
    (await stack().call('GET', `/v1/projects/demo/subscriptions/${id}${of}`)).body;
  /** Lets the breaker's next look be now, as if its time had come. */
  const letProbe = async (id: string) => {
    await breakerStore(stack().table).makeDueNow(id, Date.now());
    await stack().functions.invoke('sweep', {});
  };
  const heldFor = (id: string) => parkedDeliveries(stack().table).held(id, 1000);
  const publishEach = async (type: string, from: number, count: number) => {
    for (let n = from; n < from + count; n++)
      await stack().send(JSON.stringify({ project: 'demo', type, id: `${type}-${n}`, data: { n } }));
  };
  const numbers = (path: string, secret: string) =>
    receiver.requests.filter(to(path)).map((request) => {
      const { data } = verify(secret, request) as { data: { n: number } };
      return data.n;
    });

  it('gets all 200 deliveries that were held when it is back, the oldest first, and delays nobody', async () => {
    let isDown = true;
    receiver.respond((request, response) => {
      const code = request.path === '/down' && isDown ? 503 : 200;
      // Slow enough that others can be seen to overtake it.
      setTimeout(() => status(code)(request, response), request.path === '/down' ? 20 : 0);
    });
    const down = await stack().subscribe({ url: receiver.url('/down'), events: ['down'] });
    const other = await stack().subscribe({ url: receiver.url('/other'), events: ['other'] });

    await publishEach('down', 0, 5);
    await eventually(async () => (await get(down.id)).health.state === 'open');
    // Who remembers it closed does so for ten seconds; a new function knows nothing.
    await stack().functions.terminate('deliver');
    const before = receiver.requests.filter(to('/down')).length;
    await publishEach('down', 100, 200);
    await eventually(
      async () => (await heldFor(down.id)).filter(({ number }) => number === 1).length === 200,
    );
    expect(receiver.requests.filter(to('/down')).length).toBeLessThanOrEqual(before + 5);
    const pending = await get(down.id, '/deliveries?limit=100');
    expect(pending.data[0]).toMatchObject({ state: 'pending', number: 1, held: true, dueAt: null });

    const event = (await stack().call('GET', '/v1/projects/demo/events/down-150')).body;
    expect(event.deliveries).toEqual([
      { subscriptionId: down.id, state: 'pending', attempts: 0, nextAttemptAt: null },
    ]);

    isDown = false;
    const from = receiver.requests.length;
    await letProbe(down.id);
    await receiver.waitFor(from + 1);
    await publishEach('other', 0, 20);
    await receiver.waitFor(20, to('/other'));
    const overtaken = numbers('/down', down.secret).filter((n) => n >= 100).length;
    expect(overtaken).toBeLessThan(200);

    await eventually(async () => (await heldFor(down.id)).length === 0);
    const arrived = numbers('/down', down.secret).filter((n) => n >= 100);
    expect(arrived).toEqual(Array.from({ length: 200 }, (_, index) => 100 + index));
    expect(numbers('/other', other.secret)).toHaveLength(20);
    expect(await get(down.id)).toMatchObject({ health: { state: 'healthy', consecutiveFailures: 0 } });
    const attempts = (await get(down.id, '/attempts?limit=100')).data;
    expect(attempts.every(({ number }: { number: number }) => number <= 2)).toBe(true);
  });

  it('is probed with one delivery, and the rest stays', async () => {
    receiver.respond(status(500));
    const { id } = await stack().subscribe({ url: receiver.url('/still'), events: ['still'], retry: 'none' });
    await publishEach('still', 0, 5);
    await eventually(async () => (await get(id)).health.state === 'open');
    await stack().functions.terminate('deliver');
    await publishEach('still', 10, 10);
    await eventually(async () => (await heldFor(id)).filter(({ number }) => number === 1).length === 10);
    const before = receiver.requests.filter(to('/still')).length;
    await letProbe(id);
    await receiver.waitFor(before + 1, to('/still'));
    await eventually(async () => (await heldFor(id)).length === 9);
    expect((await get(id, '/attempts')).data).toHaveLength(before + 1);
    expect(receiver.requests.filter(to('/still'))).toHaveLength(before + 1);
    expect(await get(id)).toMatchObject({ health: { state: 'open' } });
  });

  it('has what is held sent to its new URL', async () => {
    receiver.respond((request, response) => status(request.path === '/moved' ? 200 : 500)(request, response));
    const { id } = await stack().subscribe({ url: receiver.url('/moving'), events: ['moving'] });
    await publishEach('moving', 0, 5);
    await eventually(async () => (await get(id)).health.state === 'open');
    await stack().functions.terminate('deliver');
    await publishEach('moving', 10, 3);
    await eventually(async () => (await heldFor(id)).filter(({ number }) => number === 1).length === 3);
    const patched = await stack().call('PATCH', `/v1/projects/demo/subscriptions/${id}`, {
      url: receiver.url('/moved'),
    });
    expect(patched.body).toMatchObject({ health: { state: 'healthy', consecutiveFailures: 0 } });
    await stack().functions.terminate('deliver');
    await stack().functions.invoke('sweep', {});
    await receiver.waitFor(3, to('/moved'));
  });
});

import { describe, expect, it } from 'vitest';
import { heldDeliveries, letProbe, openBreaker, sendNumbered, untilHeld } from '../support/breakers.ts';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('an endpoint that is down', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();

  const get = (id: string, of = '') => stack().get(`subscriptions/${id}${of}`);
  const untilNoneHeld = (id: string) =>
    eventually('no delivery is held', async () => expect(await heldDeliveries(stack(), id)).toEqual([]));
  const numbers = (path: string, secret: string) =>
    receiver.requests.filter(to(path)).map((request) => {
      const { data } = verify(secret, request) as { data: { n: number } };
      return data.n;
    });

  it('gets all 200 held deliveries when it is back, the oldest first, and delays no other', async () => {
    let isDown = true;
    let delivered = 0;
    const othersArrived = Promise.withResolvers<void>();
    receiver.respond(async (request, response) => {
      // Halfway through the backlog it hangs, so that others can only arrive if they do not wait for it.
      if (request.path === '/down' && !isDown && ++delivered === 100) await othersArrived.promise;
      status(request.path === '/down' && isDown ? 503 : 200)(request, response);
    });
    const down = await stack().subscribe({ url: receiver.url('/down'), events: ['down'] });
    const other = await stack().subscribe({ url: receiver.url('/other'), events: ['other'] });

    await openBreaker(stack(), down.id, 'down');
    const before = receiver.requests.filter(to('/down')).length;
    await sendNumbered(stack(), 'down', 100, 200);
    await untilHeld(stack(), down.id, 200);
    expect(receiver.requests.filter(to('/down')).length).toBeLessThanOrEqual(before + 5);
    const pending = await get(down.id, '/deliveries?limit=100');
    expect(pending.data[0]).toMatchObject({ state: 'pending', number: 1, held: true, dueAt: null });

    const event = (await stack().call('GET', 'events/down-150')).body;
    expect(event.deliveries).toEqual([
      { subscriptionId: down.id, state: 'pending', attempts: 0, nextAttemptAt: null },
    ]);

    isDown = false;
    const from = receiver.requests.length;
    await letProbe(stack(), down.id);
    await receiver.waitFor(from + 1);
    await sendNumbered(stack(), 'other', 0, 20);
    await receiver.waitFor(20, to('/other'));
    const overtaken = numbers('/down', down.secret).filter((n) => n >= 100).length;
    expect(overtaken).toBeLessThan(200);
    othersArrived.resolve();

    await untilNoneHeld(down.id);
    const arrived = numbers('/down', down.secret).filter((n) => n >= 100);
    expect(arrived).toEqual(Array.from({ length: 200 }, (_, index) => 100 + index));
    expect(numbers('/other', other.secret)).toHaveLength(20);
    expect(await get(down.id)).toMatchObject({ health: { state: 'healthy', consecutiveFailures: 0 } });
    const attempts = (await get(down.id, '/attempts?limit=100')).data;
    expect(attempts.every(({ number }: { number: number }) => number <= 2)).toBe(true);
  });

  it('is probed with one delivery while the others stay held', async () => {
    receiver.respond(status(500));
    const { id } = await stack().subscribe({ url: receiver.url('/still'), events: ['still'], retry: 'none' });
    await openBreaker(stack(), id, 'still');
    await sendNumbered(stack(), 'still', 10, 10);
    await untilHeld(stack(), id, 10);
    const before = receiver.requests.filter(to('/still')).length;
    await letProbe(stack(), id);
    await receiver.waitFor(before + 1, to('/still'));
    await untilHeld(stack(), id, 9);
    expect((await get(id, '/attempts')).data).toHaveLength(before + 1);
    expect(receiver.requests.filter(to('/still'))).toHaveLength(before + 1);
    expect(await get(id)).toMatchObject({ health: { state: 'open' } });
  });

  it('gets its held deliveries at its new URL', async () => {
    receiver.respond((request, response) => status(request.path === '/moved' ? 200 : 500)(request, response));
    const { id } = await stack().subscribe({ url: receiver.url('/moving'), events: ['moving'] });
    await openBreaker(stack(), id, 'moving');
    await sendNumbered(stack(), 'moving', 10, 3);
    await untilHeld(stack(), id, 3);
    const patched = await stack().call('PATCH', `subscriptions/${id}`, {
      url: receiver.url('/moved'),
    });
    expect(patched.body).toMatchObject({ health: { state: 'healthy', consecutiveFailures: 0 } });
    await stack().functions.terminate('deliver');
    await stack().functions.invoke('sweep', {});
    await receiver.waitFor(3, to('/moved'));
  });
});

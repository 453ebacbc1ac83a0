import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';
import { letProbe, makeDirect, makePaused, sendNumbered, untilWaiting } from '../support/waiting.ts';

describe('an endpoint', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();

  const get = (id: string, of = '') => stack().get(`subscriptions/${id}${of}`);
  const untilNothingWaits = (id: string) => untilWaiting(stack(), id, 0);
  const numbers = (path: string, secret: string) =>
    receiver.requests.filter(to(path)).map((request) => {
      const { data } = verify(secret, request) as { data: { n: number } };
      return data.n;
    });

  it('gets every good event while it refuses others', async () => {
    receiver.respond((request, response) =>
      status(request.body.includes('"poison"') ? 500 : 200)(request, response),
    );
    const { id, secret } = await stack().subscribe({ url: receiver.url('/mixed'), events: ['mixed'] });
    await makeDirect(stack(), id);
    for (let n = 0; n < 8; n++) await stack().sendEvent({ type: 'mixed', data: { n, kind: 'poison' } });
    for (let n = 100; n < 140; n++) await stack().sendEvent({ type: 'mixed', data: { n, kind: 'good' } });
    await eventually('40 good events have arrived', async () => {
      const good = new Set(numbers('/mixed', secret).filter((n) => n >= 100));
      expect(good.size).toBe(40);
    });
    expect((await get(id)).health.mode).not.toBe('paused');
  });

  it('gets the events of each ordering key in their order, whatever fails, and a failing key holds up no other', async () => {
    const { id } = await stack().subscribe({
      url: receiver.url('/ordered'),
      events: ['ordered'],
      ordering: 'strict',
      retry: [1, 1, 1, 1, 1, 1, 1, 1],
    });
    const PER_KEY = 12;
    const answered: { key: string; n: number; isGood: boolean }[] = [];
    let open = 0;
    let mostOpen = 0;
    receiver.respond(async (request, response) => {
      const { key, n } = JSON.parse(request.body).data;
      if (key === 'a') mostOpen = Math.max(mostOpen, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const isGood = key !== 'poison' && Math.random() > 0.25;
      answered.push({ key, n, isGood });
      if (key === 'a') open--;
      status(isGood ? 200 : 500)(request, response);
    });
    const keys = ['poison', 'a', 'b', 'c'];
    const eventOf = (n: number) => (key: string) => ({
      type: 'ordered',
      id: `${key}-${n}`,
      data: { key, n },
      ...(key !== 'c' && { orderingKey: key }),
    });
    // An array over HTTPS, then messages of the queue.
    const published = Array.from({ length: PER_KEY / 2 }, (_, n) => keys.map(eventOf(n))).flat();
    await stack().call('POST', 'events', published);
    for (let n = PER_KEY / 2; n < PER_KEY; n++)
      for (const key of keys) await stack().sendEvent(eventOf(n)(key));
    const numbersOf = (key: string) =>
      answered.filter((one) => one.key === key && one.isGood).map(({ n }) => n);
    await eventually('the good keys have arrived', () => {
      for (const key of ['a', 'b', 'c']) expect(new Set(numbersOf(key)).size).toBe(PER_KEY);
    });
    const inOrder = Array.from({ length: PER_KEY }, (_, n) => n);
    for (const key of ['a', 'b', 'c']) expect([...new Set(numbersOf(key))]).toEqual(inOrder);
    expect(mostOpen).toBe(1);
    // Only the first of the poison has been tried by now, or the next after its last attempt.
    const poison = answered.filter(({ key }) => key === 'poison').map(({ n }) => n);
    expect(poison).toEqual(poison.toSorted((x, y) => x - y));
    const pending = await get(id, '/deliveries?limit=100');
    expect(pending.data.length).toBeGreaterThanOrEqual(PER_KEY - 2);
    expect(await get(id)).toMatchObject({ ordering: 'strict', health: { mode: 'paced' } });
    expect((await get(id)).health.held).toBeGreaterThanOrEqual(PER_KEY - 2);
    const { body: event } = await stack().call('GET', `events/poison-${PER_KEY - 1}`);
    expect(event).toMatchObject({
      orderingKey: 'poison',
      deliveries: [{ subscriptionId: id, state: 'pending', attempts: 0 }],
    });
  });

  it('gets everything that was held while it was down, and delays no other', async () => {
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
    await makePaused(stack(), down.id);
    await sendNumbered(stack(), 'down', 100, 200);
    await untilWaiting(stack(), down.id, 200);
    expect(receiver.requests.filter(to('/down')).every(({ path }) => path === '/down')).toBe(true);
    expect((await get(down.id)).health).toMatchObject({ mode: 'paused', reason: 'down', held: 200 });
    const pending = await get(down.id, '/deliveries?limit=100');
    expect(pending.data[0]).toMatchObject({ state: 'pending', number: 1 });
    const event = (await stack().call('GET', 'events/down-150')).body;
    expect(event.deliveries).toEqual([
      { subscriptionId: down.id, state: 'pending', attempts: 0, nextAttemptAt: null },
    ]);

    isDown = false;
    await letProbe(stack(), down.id);
    await sendNumbered(stack(), 'other', 0, 20);
    await receiver.waitFor(20, to('/other'));
    othersArrived.resolve();
    await untilNothingWaits(down.id);
    const arrived = new Set(numbers('/down', down.secret));
    expect([...arrived].filter((n) => n >= 100)).toHaveLength(200);
    expect(new Set(numbers('/other', other.secret)).size).toBe(20);
    expect((await get(down.id)).health.mode).not.toBe('paused');
  });

  it('that does not work is asked with a sample, which consumes nothing', async () => {
    const arrivals: number[] = [];
    receiver.respond((request, response) => {
      if (request.path === '/still') arrivals.push(performance.now());
      status(500)(request, response);
    });
    const { id } = await stack().subscribe({ url: receiver.url('/still'), events: ['still'], retry: 'none' });
    await makePaused(stack(), id);
    await sendNumbered(stack(), 'still', 10, 10);
    await untilWaiting(stack(), id, 10);
    await letProbe(stack(), id);
    await receiver.waitFor(3, to('/still'));
    await eventually('the probe is over', async () => {
      expect((await get(id)).health).toMatchObject({ mode: 'paused', held: 10 });
      expect((await get(id, '/attempts')).data.length).toBeGreaterThanOrEqual(3);
    });
    // By then it may have been probed again.
    const times = arrivals.filter((at) => at < (arrivals[0] ?? 0) + 3000);
    expect(times.length).toBeLessThanOrEqual(3);
    for (const { number } of (await get(id, '/attempts')).data) expect(number).toBe(1);
  });

  it('gets what was held at its new URL', async () => {
    receiver.respond((request, response) => status(request.path === '/moved' ? 200 : 500)(request, response));
    const { id } = await stack().subscribe({ url: receiver.url('/moving'), events: ['moving'] });
    await makePaused(stack(), id);
    await sendNumbered(stack(), 'moving', 10, 3);
    await untilWaiting(stack(), id, 3);
    const patched = await stack().call('PATCH', `subscriptions/${id}`, { url: receiver.url('/moved') });
    expect(patched.body.health).toMatchObject({ mode: 'paced', reason: 'new' });
    await receiver.waitFor(3, to('/moved'));
    await untilNothingWaits(id);
  });

  it('that asks for fewer requests exhausts no delivery', async () => {
    const accepted: number[] = [];
    const startedAt = Date.now();
    const answers: string[] = [];
    receiver.respond((request, response) => {
      const now = Date.now();
      const isTooMuch = accepted.filter((at) => now - at < 1000).length >= 5;
      answers.push(`${isTooMuch ? 429 : 200} after ${now - startedAt} ms`);
      if (!isTooMuch) accepted.push(now);
      status(isTooMuch ? 429 : 200)(request, response);
    });
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/limited'),
      events: ['limited'],
      retry: [1, 1, 1, 1, 1],
    });
    await sendNumbered(stack(), 'limited', 0, 30);
    await eventually('all 30 events were accepted', async () => expect(accepted).toHaveLength(30), 60_000);
    await untilNothingWaits(id);
    expect(new Set(numbers('/limited', secret)).size).toBe(30);
    expect(answers.length, answers.join(', ')).toBeLessThanOrEqual(45);
  });

  it('gets nothing while its owner pauses it, and everything after', async () => {
    receiver.respond(status(200));
    const { id } = await stack().subscribe({
      url: receiver.url('/paused'),
      events: ['paused'],
      paused: true,
    });
    await sendNumbered(stack(), 'paused', 0, 5);
    await untilWaiting(stack(), id, 5);
    expect(receiver.requests.filter(to('/paused'))).toEqual([]);
    await stack().call('PATCH', `subscriptions/${id}`, { paused: false });
    await receiver.waitFor(5, to('/paused'));
    await untilNothingWaits(id);
  });

  it('with a rate limit never gets more requests in a second', async () => {
    const arrivals: number[] = [];
    receiver.respond((request, response) => {
      if (request.path === '/rated') arrivals.push(performance.now());
      status(200)(request, response);
    });
    const { id } = await stack().subscribe({
      url: receiver.url('/rated'),
      events: ['rated'],
      rateLimit: { perSecond: 5 },
    });
    await sendNumbered(stack(), 'rated', 0, 20);
    await receiver.waitFor(20, to('/rated'));
    await untilNothingWaits(id);
    const most = Math.max(...arrivals.map((at) => arrivals.filter((x) => x >= at && x < at + 1000).length));
    expect(most).toBeLessThanOrEqual(5);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { settledAt } from '../../../../core/model/event-order.ts';
import { NEW_PACE } from '../../../../core/model/flow-state.ts';
import type { WaitingDelivery } from '../../../../core/model/waiting-delivery.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { DOWN, pumped } from '../../../support/pumped.ts';
import { NOW, unique } from '../../../support/records.ts';

const MINUTE = 60_000;
const ENDING = { enabled: false, disabledReason: 'manual' } as const;

/** Return first attempts in the queue of a key, published one second after the other until a minute ago. */
const inQueue = (key: string, count: number, given: Partial<WaitingDelivery> = {}) =>
  Array.from({ length: count }, (_, n) => {
    const ordered = { key, order: (NOW - MINUTE - (count - n) * 1000) * 1000 };
    return { eventId: unique(`evt_${key}`), ordered, dueAt: settledAt(ordered), ...given };
  });
const idsOf = (entries: readonly Partial<WaitingDelivery>[]) => entries.map(({ eventId }) => eventId);

describe('the pump of a strictly ordered subscription', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const strict = (given: Parameters<typeof pumped>[0] = {}) =>
    pumped({ ordering: 'strict', retry: [60], ...given });
  const sentOf = (world: Awaited<ReturnType<typeof strict>>, key: string) =>
    world.sent.map(({ eventId }) => eventId).filter((id) => id.startsWith(`evt_${key}`));

  it('sends the deliveries of each key in their order, one at a time, and keys side by side', async () => {
    const world = await strict();
    await world.changeState({ pace: { ...NEW_PACE, window: 10 } });
    const [a, b, c] = [inQueue('a', 20), inQueue('b', 20), inQueue('c', 20)];
    await world.put(...a.toReversed(), ...b.toReversed(), ...c);
    await world.turn();
    for (const [key, entries] of Object.entries({ a, b, c }))
      expect(sentOf(world, key)).toEqual(idsOf(entries));
    expect(world.load.most).toBe(3);
    expect(await world.box()).toEqual([]);
    expect(await world.attempts()).toHaveLength(60);
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
    expect((await world.stored()).flow.mode).toBe('paced');
  });

  it('holds up only the key of a failing delivery, until that is exhausted', async () => {
    const world = await strict();
    const [bad, good] = [inQueue('bad', 3), inQueue('good', 30)];
    await world.put(...bad, ...good);
    const [poison] = idsOf(bad);
    world.endpoint.answer = (eventId) => answers(eventId === poison ? 404 : 200);
    await world.turn();
    expect(sentOf(world, 'good')).toEqual(idsOf(good));
    expect(sentOf(world, 'bad')).toEqual([poison]);
    expect(await world.box()).toHaveLength(3);
    const due = (await world.item())?.dueAt ?? 0;
    expect(due - NOW).toBeGreaterThan(MINUTE - 5000);
    await vi.advanceTimersByTimeAsync(due - Date.now());
    await world.turn();
    expect(sentOf(world, 'bad')).toEqual([poison, ...idsOf(bad)]);
    expect(await world.box()).toEqual([]);
  });

  it('repeats a request that was answered with a 429 before it goes on with the key', async () => {
    const world = await strict({ retry: 'none' });
    const entries = inQueue('a', 3);
    await world.put(...entries);
    world.endpoint.answer = () => answers(world.sent.length === 1 ? 429 : 200);
    await world.turn();
    for (let turns = 0; turns < 5 && (await world.box()).length > 0; turns++) await world.nextTurn();
    const [first, second, third] = idsOf(entries);
    expect(world.sent.map(({ eventId }) => eventId)).toEqual([first, first, second, third]);
  });

  it('goes on with a key whose delivery cannot be made any more', async () => {
    const world = await strict();
    const [gone, next] = await world.put(...inQueue('a', 2));
    const { get } = world.pipeline.events;
    world.pipeline.events.get = async (project, id) => (id === gone?.eventId ? null : get(project, id));
    await world.turn();
    expect(world.sent.map(({ eventId }) => eventId)).toEqual([next?.eventId]);
    expect(await world.box()).toEqual([]);
  });

  it('ends everything that waits when the subscription is disabled', async () => {
    const world = await strict();
    await world.put(
      ...inQueue('a', 10),
      ...inQueue('b', 3, { number: 2, dueAt: NOW + 60 * MINUTE, failedAt: NOW }),
    );
    await world.change({ ...ENDING, cancelledUntil: new Date(NOW).toISOString() });
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.box()).toEqual([]);
    expect(await world.item()).toMatchObject({ dueAt: null });
  });

  it('probes a paused endpoint with the first deliveries of three keys, which a failure leaves as they are', async () => {
    const world = await strict({ flow: DOWN });
    world.endpoint.answer = () => answers(503);
    const queues = ['a', 'b', 'c', 'd'].map((key) => inQueue(key, 3));
    await world.put(...queues.flat());
    const before = await world.box();
    await world.turn();
    expect(world.sent).toHaveLength(3);
    const firsts = queues.map(([first]) => first?.eventId);
    for (const { eventId } of world.sent) expect(firsts).toContain(eventId);
    expect(await world.box()).toEqual(before);
  });

  it('sends what an outage delayed as soon as a probe is answered, in order', async () => {
    const world = await strict({ flow: DOWN });
    const delayed = { number: 2, failedAt: NOW - 1, outage: true, dueAt: NOW + 60 * MINUTE };
    const queues = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((key) => {
        const [first, ...others] = inQueue(key, 4);
        return [key, [{ ...first, ...delayed }, ...others]];
      }),
    );
    await world.put(...Object.values(queues).flat());
    await world.turn();
    for (let turns = 0; turns < 10 && (await world.box()).length > 0; turns++) await world.nextTurn();
    expect(await world.box()).toEqual([]);
    expect(world.sent.every(({ at }) => at < MINUTE)).toBe(true);
    for (const [key, entries] of Object.entries(queues)) expect(sentOf(world, key)).toEqual(idsOf(entries));
  });

  it('repeats what a pump that died had not removed, and keeps the order', async () => {
    const world = await strict();
    const entries = inQueue('a', 40);
    await world.put(...entries);
    const { write } = world.pipeline.mailbox;
    let writes = 0;
    // After its first write it is dead: nothing that it does has an effect, and nobody renews its lease.
    world.pipeline.flows.renew = async () => false;
    world.pipeline.mailbox.write = (...given) => (++writes > 1 ? new Promise(() => {}) : write(...given));
    void world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(MINUTE);
    world.pipeline.mailbox.write = write;
    const repeated = world.sent.length;
    expect(repeated).toBe(40);
    expect((await world.box()).length).toBeLessThan(40);
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    await world.turn();
    const firstOf = (id: string | undefined) => world.sent.findIndex(({ eventId }) => eventId === id);
    const places = idsOf(entries).map(firstOf);
    expect(places).toEqual(places.toSorted((x, y) => x - y));
    expect(await world.box()).toEqual([]);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../../../core/model/event.ts';
import { startReplay } from '../../../../core/replay/replay-subscription.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { type Pumped, pumped } from '../../../support/pumped.ts';
import { eventRecord, NOW, unique } from '../../../support/records.ts';

const AGO_MS = 3_600_000;

/** Store events of an hour ago that were never delivered, and start a replay of them. */
async function replaying(
  world: Pumped,
  count: number,
  given: (index: number) => Partial<Event> = () => ({}),
) {
  const ids = Array.from({ length: count }, () => unique('evt'));
  for (const [index, id] of ids.entries()) {
    const acceptedAt = new Date(NOW - AGO_MS + index).toISOString();
    await world.pipeline.events.putOnce(eventRecord({ id, acceptedAt, ...given(index) }), id);
  }
  const since = new Date(NOW - AGO_MS).toISOString();
  const until = new Date(NOW - AGO_MS + count).toISOString();
  const { id } = await startReplay(world.managing, 'erp', world.id, { since, until, only: 'all' });
  const job = async () => {
    const found = await world.pipeline.jobs.get(world.id, id);
    if (found === null) throw new Error('The job is gone.');
    return found;
  };
  return { ids, job };
}

describe('a replay', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes as fast as its endpoint, with each delivery once and in order', async () => {
    const world = await pumped();
    // It does not become direct, and keeps its window.
    await world.changeState({ limitedAt: NOW });
    world.endpoint.ms = 200;
    const { ids, job } = await replaying(world, 3000);
    await world.turn();
    expect(world.load.most).toBe(50);
    expect(world.sent.length).toBeGreaterThan(2000);
    while ((await world.nextTurn()) !== null);
    expect(await job()).toMatchObject({ state: 'done', done: 3000, cursor: null });
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(3000);
    expect(world.sent).toHaveLength(3000);
    expect(world.sent.slice(0, 20).map(({ eventId }) => eventId)).toEqual(ids.slice(0, 20));
    expect(await world.box()).toEqual([]);
  });

  it('keeps a configured rate', async () => {
    const world = await pumped({ rateLimit: { perSecond: 5 } });
    await replaying(world, 200);
    await world.turn();
    const times = world.sent.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(0.9 * 5 * 20);
    for (const [index, at] of times.entries())
      expect(times[index + 5] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(at + 1000);
  });

  it('has a live delivery wait for two windows at most', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 500;
    await replaying(world, 1000);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(5200);
    const [live] = await world.put({ dueAt: Date.now() });
    const before = world.sent.length;
    await vi.advanceTimersByTimeAsync(20_000);
    await turn;
    const place = world.sent.findIndex(({ eventId }) => eventId === live?.eventId);
    expect(place - before).toBeLessThanOrEqual(10);
    expect(place).toBeGreaterThanOrEqual(before);
  });

  it('puts the same deliveries again if the pump dies before it has saved how far it came', async () => {
    const world = await pumped({ retry: [3600] });
    world.endpoint.answer = () => answers(503);
    const { ids, job } = await replaying(world, 10);
    const { replace } = world.pipeline.jobs;
    world.pipeline.jobs.replace = () => Promise.reject(new Error('The table is throttled.'));
    await world.turn();
    const entries = await world.box();
    expect(entries).toHaveLength(10);
    expect(await job()).toMatchObject({ state: 'running', done: 0, cursor: null });
    expect(world.sent).toEqual([]);
    world.pipeline.jobs.replace = replace;
    await vi.advanceTimersByTimeAsync(300_000);
    await world.turn();
    expect(await job()).toMatchObject({ state: 'done', done: 10 });
    expect(world.sent.map(({ eventId }) => eventId).toSorted()).toEqual(ids.toSorted());
  });

  it('saves nothing before its deliveries are in the mailbox', async () => {
    const world = await pumped();
    const { job } = await replaying(world, 10);
    world.pipeline.mailbox.write = () => Promise.reject(new Error('The table is throttled.'));
    await world.turn();
    expect(await job()).toMatchObject({ state: 'running', done: 0, cursor: null });
  });

  it('stops when someone cancels it, and delivers what was in the mailbox', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 100;
    const { job } = await replaying(world, 500);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(3000);
    const running = await job();
    expect(await world.pipeline.jobs.replace(running, { ...running, state: 'cancelled' })).toBe(true);
    await vi.advanceTimersByTimeAsync(20_000);
    await turn;
    while ((await world.nextTurn()) !== null);
    expect(await world.box()).toEqual([]);
    expect(world.sent.length).toBeGreaterThan(20);
    expect(world.sent.length).toBeLessThanOrEqual((await job()).done + 10);
  });

  it('keeps the order within each ordering key of a strict subscription, though some requests fail', async () => {
    const world = await pumped({ ordering: 'strict', retry: [1, 1, 1] });
    let requests = 0;
    world.endpoint.answer = () => answers(++requests % 4 === 0 ? 500 : 200);
    const { ids, job } = await replaying(world, 60, (index) => ({ orderingKey: `key-${index % 3}` }));
    while ((await world.nextTurn()) !== null);
    expect(await job()).toMatchObject({ state: 'done', done: 60 });
    expect(await world.box()).toEqual([]);
    const inOrder = [...new Set(world.sent.map(({ eventId }) => eventId))];
    expect(inOrder).toHaveLength(60);
    for (const key of [0, 1, 2]) {
      const ofKey = ids.filter((_, index) => index % 3 === key);
      expect(inOrder.filter((id) => ofKey.includes(id))).toEqual(ofKey);
    }
  });

  it('is cancelled when its subscription is disabled, and when it was requested before that', async () => {
    const world = await pumped();
    const { job } = await replaying(world, 10);
    await world.change({ enabled: false });
    await world.turn();
    expect(await job()).toMatchObject({ state: 'cancelled', done: 0 });

    await world.change({ enabled: true });
    const second = await replaying(world, 10);
    await world.change({ cancelledUntil: new Date(Date.now() + 1).toISOString() });
    while ((await world.nextTurn()) !== null);
    expect(await second.job()).toMatchObject({ state: 'cancelled', done: 0 });
    expect(world.sent).toEqual([]);
  });

  it('is seen by a pump that was already about to be idle', async () => {
    const world = await pumped();
    const { release } = world.pipeline.flows;
    let replay: Awaited<ReturnType<typeof replaying>> | undefined;
    world.pipeline.flows.release = async (...given) => {
      replay ??= await replaying(world, 3);
      return release(...given);
    };
    await world.putMany(1);
    await world.turn();
    expect(world.sent).toHaveLength(1);
    await world.nextTurn();
    expect(world.sent).toHaveLength(4);
    expect(await replay?.job()).toMatchObject({ state: 'done', done: 3 });
  });
});

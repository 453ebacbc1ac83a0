import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIRECT } from '../../../../core/model/flow.ts';
import { NEW_PACE } from '../../../../core/model/flow-state.ts';
import { OutOfTime } from '../../../../core/model/out-of-time.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { inFakeTime, PACED, pumped } from '../../../support/pumped.ts';
import { NOW } from '../../../support/records.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

afterEach(() => {
  vi.useRealTimers();
});

describe('a turn of the pump', () => {
  it('sends what is due, the first due first, and records each attempt', async () => {
    const world = await pumped({ maxInFlight: 1 });
    const entries = await world.put(
      ...Array.from({ length: 30 }, (_, n) => ({ dueAt: NOW - ((n * 7) % 30) * 1000 })),
    );
    const [later] = await world.put({ dueAt: NOW + HOUR });
    await world.turn();
    const inOrder = entries.toSorted((a, b) => a.dueAt - b.dueAt).map(({ eventId }) => eventId);
    expect(world.sent.map(({ eventId }) => eventId)).toEqual(inOrder);
    expect(await world.attempts()).toHaveLength(30);
    expect(await world.box()).toEqual([later]);
    expect(await world.item()).toMatchObject({ dueAt: NOW + HOUR, leaseEnds: null });
    expect(world.logged('mailbox pumped')).toMatchObject([{ fields: { attempts: 30 } }]);
  });

  it('widens its window from turn to turn, up to fifty requests at once', async () => {
    const world = await pumped();
    // It does not become direct, and keeps its window.
    await world.changeState({ limitedAt: NOW });
    world.endpoint.ms = 300;
    await world.putMany(1000);
    await world.turn();
    expect(world.load.most).toBe(50);
    expect((await world.item())?.state.pace.window).toBe(50);
    await world.putMany(60);
    const before = world.sent.length;
    await world.turn();
    expect(world.sent.slice(before).filter(({ at }) => at === world.sent[before]?.at)).toHaveLength(50);
  });

  it('has no more requests open than maxInFlight allows, also if that changes', async () => {
    const world = await pumped({ maxInFlight: 4 });
    world.endpoint.ms = 400;
    await world.putMany(300);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(9000);
    expect(world.load.most).toBe(4);
    await world.change({ maxInFlight: 2 });
    await vi.advanceTimersByTimeAsync(1500);
    world.load.most = 0;
    await inFakeTime(turn);
    expect(world.load.most).toBe(2);
  });

  it('keeps a configured rate, from turn to turn', async () => {
    const world = await pumped({ rateLimit: { perSecond: 4 } });
    await world.putMany(100);
    await world.turn();
    await world.nextTurn();
    const times = world.sent.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(0.9 * 4 * 25);
    for (const [index, at] of times.entries())
      expect(times[index + 4] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(at + 1000);
  });

  it('keeps a configured rate where requests are sent, however long the reads before each take', async () => {
    const world = await pumped({ rateLimit: { perSecond: 5 } });
    await world.putMany(20);
    const { events } = world.pipeline;
    const { get } = events;
    let [reads, readMs] = [0, 0];
    // A function that has just started takes long for its first reads.
    events.get = async (project, id) => {
      const takesMs = Math.max(5, 800 - 150 * reads++);
      readMs += takesMs;
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      return get(project, id);
    };
    await world.turn();
    const times = world.sent.map(({ at }) => at);
    expect(times).toHaveLength(20);
    for (const [index, at] of times.entries())
      expect(times[index + 5] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(at + 1000);
    // Nothing but the limit and the reads took time.
    expect(times.at(-1)).toBeLessThanOrEqual(20 * 211 + readMs);
  });

  it('learns the rate of an endpoint that answers 429, and consumes no attempt', async () => {
    const world = await pumped({ retry: 'none' });
    await world.putMany(40);
    let accepted = [0];
    world.endpoint.answer = () => {
      accepted = accepted.filter((at) => at > Date.now() - 1000);
      if (accepted.length >= 5) return answers(429);
      accepted.push(Date.now());
      return answers(200);
    };
    await world.turn();
    for (let turns = 0; turns < 20 && (await world.box()).length > 0; turns++) await world.nextTurn();
    expect(await world.box()).toEqual([]);
    const succeeded = (await world.attempts()).filter(({ outcome }) => outcome === 'success');
    expect(succeeded).toHaveLength(40);
    expect(succeeded.every(({ number }) => number === 1)).toBe(true);
    expect(world.sent.length).toBeLessThan(80);
    expect((await world.item())?.state.pace.perSecond).toBeGreaterThan(0.5);
  });

  it('begins no request after twenty seconds, then is queued again in the group of its project', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 1500;
    await world.putMany(20);
    await world.turn();
    expect(Math.max(...world.sent.map(({ at }) => at))).toBeLessThan(20_000);
    expect(world.sent).toHaveLength(14);
    expect(world.pipeline.pumpsQueue.sent).toMatchObject([{ groupId: 'erp', delaySeconds: 0 }]);
    await world.nextTurn();
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(20);
    expect(await world.box()).toEqual([]);
  });

  it('sends to where the subscription points when it begins', async () => {
    const world = await pumped();
    const pump = world.pipeline.pump();
    await world.putMany(1);
    await inFakeTime(pump([world.message()]));
    await world.change({ url: 'https://example.com/new' });
    await world.putMany(1);
    await inFakeTime(pump([world.message()]));
    expect(world.pipeline.requests.map(({ url }) => url)).toEqual([
      'https://example.com/hook',
      'https://example.com/new',
    ]);
  });

  it('makes a retry that falls due meanwhile', async () => {
    const world = await pumped({ retry: [2] });
    world.endpoint.ms = 3000;
    const [failing] = await world.put({ dueAt: NOW - 1 }, {});
    world.endpoint.answer = () => answers(world.sent.length === 1 ? 404 : 200);
    await world.turn();
    expect(world.sent.map(({ eventId }) => eventId).lastIndexOf(failing?.eventId ?? '')).toBe(2);
    expect(await world.box()).toEqual([]);
  });

  it('sends what is put while its requests are open, within 250 ms', async () => {
    const world = await pumped();
    await world.changeState({ pace: { ...NEW_PACE, window: 5 } });
    world.endpoint.ms = 5000;
    await world.putMany(1);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(1100);
    await world.putMany(1);
    await inFakeTime(turn);
    const [, second] = world.sent;
    expect(second?.at).toBeLessThanOrEqual(1100 + 500);
  });

  it('has each delivery in the mailbox once while it fails, and moves none before its attempt is recorded', async () => {
    const world = await pumped({ retry: [3, 4, 5] });
    world.endpoint.answer = () => answers(404);
    const entries = await world.putMany(3);
    const { mailbox } = world.pipeline;
    const { write } = mailbox;
    const seen: unknown[] = [];
    mailbox.write = async (...given) => {
      await write(...given);
      const [waiting, attempts] = [await world.box(), await world.attempts()];
      seen.push(
        waiting.map(({ eventId, number }) => ({
          eventId,
          recorded: attempts.filter((attempt) => attempt.eventId === eventId).length === number - 1,
        })),
      );
    };
    await world.turn();
    await world.nextTurn();
    await world.nextTurn();
    const each = entries.map(({ eventId }) => ({ eventId, recorded: true }));
    expect(seen.length).toBeGreaterThanOrEqual(3);
    for (const waiting of seen) {
      expect(waiting).toHaveLength(3);
      expect(waiting).toEqual(expect.arrayContaining(each));
    }
  });

  it('keeps a pulled delivery whose next attempt is due when this one was', async () => {
    const world = await pumped({ retry: [5, 3600] });
    world.endpoint.answer = () => answers(404);
    await world.changeState({ pull: { before: NOW, what: 'all' } });
    const dueAt = NOW + world.endpoint.ms + HOUR;
    await world.put({ number: 2, dueAt, failedAt: NOW - 1 });
    await world.turn();
    expect(await world.box()).toMatchObject([{ number: 3, dueAt }]);
  });

  it('ends a delivery whose event has expired', async () => {
    const world = await pumped();
    await world.put({});
    world.pipeline.events.get = async () => null;
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.box()).toEqual([]);
    expect(world.logged('delivery ended')).toHaveLength(1);
  });

  it('does nothing before it is due', async () => {
    const world = await pumped();
    await world.put();
    await world.turn();
    expect(world.logged('mailbox pumped')).toEqual([]);
    await world.pipeline.mailbox.write([await world.waiting()]);
    await world.turn();
    expect(world.sent).toEqual([]);
  });

  it('leaves what was not due while a pull goes on, and clears the pull when all of it is sent', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 1500;
    await world.changeState({ pull: { before: NOW, what: 'all' } });
    await world.putMany(20, { dueAt: NOW + HOUR, number: 2, failedAt: NOW - 1 });
    await world.turn();
    expect((await world.item())?.state.pull).toEqual({ before: NOW, what: 'all' });
    await world.nextTurn();
    expect(await world.box()).toEqual([]);
    expect((await world.item())?.state.pull).toBeNull();
  });

  it('keeps a pull that was asked for while it ran', async () => {
    const world = await pumped();
    const pull = { before: NOW + 5, what: 'all' } as const;
    await world.changeState({ pull: { before: NOW, what: 'outages' } });
    await world.put({}, { dueAt: NOW + HOUR, number: 2, failedAt: NOW - 1 });
    world.endpoint.answer = async () => {
      if (world.sent.length === 1) await world.changeState({ pull });
      return answers(200);
    };
    await world.turn();
    expect(await world.box()).toHaveLength(1);
    await world.nextTurn();
    expect(await world.box()).toEqual([]);
  });
});

describe('what becomes of a paced endpoint', () => {
  const modeAfter = async (world: Awaited<ReturnType<typeof pumped>>, count: number) => {
    await world.putMany(count);
    await world.turn();
    return (await world.stored()).flow;
  };

  it('is direct after three answers, and that is reported', async () => {
    const world = await pumped();
    expect(await modeAfter(world, 2)).toMatchObject({ mode: 'paced', reason: 'new' });
    expect(await modeAfter(world, 1)).toMatchObject({ mode: 'direct', reason: null });
    expect(world.pipeline.counts).toMatchObject({ EndpointsDirect: 1 });
    expect(world.logged('flow changed')).toMatchObject([{ fields: { from: 'paced', mode: 'direct' } }]);
  });

  it('is direct although it rejects what waits for a retry', async () => {
    const world = await pumped();
    world.endpoint.answer = () => answers(404);
    expect((await modeAfter(world, 3)).mode).toBe('direct');
    expect(await world.box()).toHaveLength(3);
  });

  it('is not changed if it is direct already', async () => {
    expect(await modeAfter(await pumped({ flow: DIRECT }), 5)).toEqual(DIRECT);
  });

  it('is watched as before when it becomes direct', async () => {
    const world = await pumped({ flow: { ...PACED, watchedSince: NOW } });
    expect(await modeAfter(world, 3)).toMatchObject({ mode: 'direct', watchedSince: NOW });
  });

  it('stays paced while its events cannot be rendered', async () => {
    expect((await modeAfter(await pumped({ format: 'unknown' }), 5)).mode).toBe('paced');
  });

  it('stays paced while something that is due is left', async () => {
    const world = await pumped({ retry: [1] });
    world.endpoint.ms = 1900;
    expect((await modeAfter(world, 100)).mode).toBe('paced');
  });

  it('stays paced after slow answers', async () => {
    const world = await pumped();
    world.endpoint.ms = 2001;
    expect((await modeAfter(world, 3)).mode).toBe('paced');
  });

  it('stays paced while it fails', async () => {
    const world = await pumped();
    world.endpoint.answer = () => answers(world.sent.length % 4 === 0 ? 503 : 200);
    expect((await modeAfter(world, 20)).mode).toBe('paced');
  });

  it('stays paced for fifteen minutes after a 429', async () => {
    const world = await pumped();
    await world.changeState({ limitedAt: NOW });
    await vi.advanceTimersByTimeAsync(15 * MINUTE - 2000);
    expect((await modeAfter(world, 3)).mode).toBe('paced');
    await vi.advanceTimersByTimeAsync(2000);
    expect((await modeAfter(world, 1)).mode).toBe('direct');
  });

  it.each([{ rateLimit: { perSecond: 100 } }, { maxInFlight: 20 }])(
    'stays paced if its owner has limited it: %o',
    async (given) => {
      expect((await modeAfter(await pumped(given), 20)).mode).toBe('paced');
    },
  );

  it('is paused when every first attempt is an outage, and probed five seconds later', async () => {
    const world = await pumped();
    world.endpoint.ms = 1500;
    world.endpoint.answer = () => answers(503);
    await world.putMany(40);
    await world.turn();
    const flow = (await world.stored()).flow;
    expect(flow).toMatchObject({ mode: 'paused', reason: 'down' });
    const count = world.sent.length;
    expect(count).toBeLessThan(15);
    const probedAt = await world.nextTurn();
    expect((probedAt ?? 0) - (Date.parse(flow.since ?? '') - NOW)).toBeGreaterThanOrEqual(4900);
    expect(world.sent.length - count).toBeLessThanOrEqual(3);
    expect(await world.box()).toHaveLength(40);
  });
});

describe('a delivery whose host was not looked up in time', () => {
  it('is left to the next turn, uses up no attempt, and says nothing about the endpoint', async () => {
    const world = await pumped();
    const entries = await world.put({});
    world.endpoint.answer = () => Promise.reject(new OutOfTime());
    await world.turn();
    expect(await world.box()).toEqual(entries);
    expect(await world.attempts()).toEqual([]);
    expect((await world.item())?.state).toMatchObject({ run: 0, lastFailureAt: null, slots: [] });
    world.endpoint.answer = () => answers(200);
    await world.nextTurn();
    expect(await world.attempts()).toMatchObject([{ number: 1, outcome: 'success' }]);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { OutOfTime } from '../../../../core/model/out-of-time.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { DOWN, type Pumped, pumped } from '../../../support/pumped.ts';
import { NOW } from '../../../support/records.ts';

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

describe('the pump of a paused endpoint', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const open = (given = {}) => pumped({ flow: DOWN, ...given });
  const failing = async (given = {}): Promise<Pumped> => {
    const world = await open(given);
    world.endpoint.answer = () => answers(503);
    return world;
  };
  const state = async ({ item }: Pumped) => (await item())?.state;

  it('sends one delivery that is due first, one due last and one from between', async () => {
    const world = await failing();
    const entries = await world.put(...Array.from({ length: 41 }, (_, n) => ({ dueAt: NOW + n * 1000 })));
    await world.turn();
    const chosen = world.sent.map(({ eventId }) => entries.findIndex((entry) => entry.eventId === eventId));
    const [first, middle, last, ...others] = chosen.sort((a, b) => a - b);
    expect([first, last, others]).toEqual([0, 40, []]);
    expect(middle).toBeGreaterThan(20);
    expect(middle).toBeLessThan(40);
  });

  it.each([{ apartMs: 0 }, { apartMs: 1 }, { apartMs: 1000 }])(
    'sends three if three wait, due $apartMs ms apart, whatever parts of the mailbox they are in',
    async ({ apartMs }) => {
      for (let n = 0; n < 20; n++) {
        const world = await failing();
        const entries = await world.put(...[0, 1, 2].map((index) => ({ dueAt: NOW + index * apartMs })));
        await world.turn();
        expect(world.sent.map(({ eventId }) => eventId).toSorted()).toEqual(
          entries.map(({ eventId }) => eventId).toSorted(),
        );
      }
    },
  );

  it('sends each of the sample once, if fewer wait', async () => {
    const world = await failing();
    await world.put({ dueAt: NOW }, { dueAt: NOW + 1 });
    await world.turn();
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(2);
    expect(world.sent).toHaveLength(2);
  });

  it('consumes nothing with a probe that fails, and overwrites its record with the next', async () => {
    const world = await failing({ retry: [5, 5, 5] });
    const [entry] = await world.put({ number: 3, dueAt: NOW - 1000, failedAt: NOW - 6000, outage: true });
    const { eventId } = entry as typeof entry & object;
    await world.turn();
    expect(await world.box()).toEqual([entry]);
    expect(await world.attempts()).toMatchObject([
      { eventId, number: 3, outcome: 'failure', at: iso(NOW), nextAttemptAt: iso(NOW + 15_000) },
    ]);
    await world.nextTurn();
    expect(await world.box()).toEqual([entry]);
    expect(await world.attempts()).toMatchObject([{ eventId, number: 3, nextAttemptAt: iso(NOW + 45_010) }]);
    expect(world.pipeline.counts).toMatchObject({ ProbesFailed: 2 });
    expect(world.pipeline.counts.DeliveriesExhausted).toBeUndefined();
  });

  it('waits 15, 30, 60 and 120 seconds between probes that fail, and then five minutes', async () => {
    const world = await failing();
    world.endpoint.ms = 0;
    await world.put({});
    await world.turn();
    const times = [];
    for (let n = 0; n < 4; n++) times.push(await world.nextTurn());
    expect(times).toEqual([15_000, 45_000, 105_000, 225_000]);
    expect(await world.nextTurn()).toBeNull();
    expect(await world.item()).toMatchObject({
      dueAt: NOW + 525_000,
      leaseEnds: null,
      state: { failedProbes: 5, probedAt: NOW + 225_000, nextProbeAt: NOW + 525_000 },
    });
    expect((await world.stored()).flow).toMatchObject({ mode: 'paused', reason: 'down', since: DOWN.since });
  });

  describe('after a probe that fails', () => {
    /** Run the pump when the next probe would be in five minutes. Return in how many seconds it is. */
    const nextProbeIn = async (world: Pumped) => {
      await world.changeState({ failedProbes: 4 });
      await world.turn();
      const { dueAt, state } = (await world.item()) ?? {};
      return ((dueAt ?? 0) - (state?.probedAt ?? 0)) / 1000;
    };
    const arrival = () => ({ dueAt: Date.now() - 200 });

    it('probes fifteen seconds later if something arrived during the probe', async () => {
      const world = await failing();
      await world.put(arrival());
      world.endpoint.answer = async () => {
        await world.put(arrival());
        return answers(503);
      };
      expect(await nextProbeIn(world)).toBe(15);
      expect(world.pipeline.pumpsQueue.sent).toMatchObject([{ delaySeconds: 15 }]);
    });

    it('probes fifteen seconds later if something arrived just before the mailbox was given back', async () => {
      const world = await failing();
      await world.put({});
      const { release } = world.pipeline.flows;
      world.pipeline.flows.release = async (...given) => {
        await world.put(arrival());
        return release(...given);
      };
      expect(await nextProbeIn(world)).toBe(15);
    });

    it('keeps its schedule if something arrived before the probe, or only a retry fell due', async () => {
      const world = await failing();
      await world.put(arrival(), { number: 2, failedAt: NOW - 1, dueAt: NOW + 5 });
      expect(await nextProbeIn(world)).toBeCloseTo(300, 0);
    });

    it('keeps its schedule if an attempt of before fails during the probe', async () => {
      const world = await failing();
      await world.put({});
      world.endpoint.answer = async () => {
        await world.put({ number: 2, failedAt: NOW, dueAt: NOW + 5 });
        return answers(503);
      };
      expect(await nextProbeIn(world)).toBeCloseTo(300, 0);
    });
  });

  it('takes no probe into the run of outages, but knows that the endpoint still fails', async () => {
    const world = await failing();
    await world.put({});
    await world.turn();
    expect(await state(world)).toMatchObject({
      run: 0,
      failingSince: iso(NOW + 10),
      lastFailure: 'answered 503',
    });
  });

  it('goes on waiting after a 429', async () => {
    const world = await open();
    world.endpoint.answer = () => answers(429);
    const entries = await world.put({});
    await world.turn();
    expect((await world.stored()).flow.mode).toBe('paused');
    expect(await world.box()).toEqual(entries);
    expect(await state(world)).toMatchObject({ failedProbes: 1 });
  });

  it.each([200, 302, 404])('ends the pause after an answer of %i', async (status) => {
    const world = await open();
    world.endpoint.answer = () => answers(status);
    await world.changeState({ failedProbes: 3, nextProbeAt: NOW });
    await world.put({});
    await world.turn();
    expect((await world.stored()).flow).toMatchObject({
      mode: 'paced',
      reason: 'recovering',
      since: iso(Date.now()),
    });
    expect(await state(world)).toMatchObject({ failedProbes: 0, nextProbeAt: null, pull: null });
    expect(world.logged('probe failed')).toEqual([]);
  });

  it('ends the pause if one of the sample is answered', async () => {
    const world = await open();
    const [poison] = await world.put({ dueAt: NOW - 2 }, { dueAt: NOW - 1 });
    world.endpoint.answer = (eventId) => answers(eventId === poison?.eventId ? 500 : 200);
    await world.turn();
    expect((await world.stored()).flow.mode).toBe('paced');
  });

  it('then sends what the outage delayed, with one request at once at first, and no other retry', async () => {
    const world = await open();
    const failedAt = NOW - 1000;
    const retry = (dueIn: number, outage: boolean) => ({ number: 2, dueAt: NOW + dueIn, failedAt, outage });
    const delayed = Array.from({ length: 9 }, (_, n) => retry(HOUR + n, true));
    const [, rejected] = await world.put({ dueAt: NOW - 1 }, retry(60_000, false), ...delayed);
    await world.turn();
    expect(await world.box()).toEqual([rejected]);
    expect(world.sent).toHaveLength(10);
    expect(world.sent.filter(({ at }) => at === world.sent[0]?.at)).toHaveLength(3);
    expect(new Set(world.sent.map(({ at }) => at)).size).toBe(8);
  });

  it('is direct no sooner than an endpoint that was paced', async () => {
    const world = await open();
    await world.put({});
    await world.turn();
    expect((await world.stored()).flow.mode).toBe('paced');
    await world.putMany(3);
    await world.turn();
    expect((await world.stored()).flow.mode).toBe('direct');
  });

  it('does not take a fault of ours for a probe that failed', async () => {
    const world = await open();
    await world.changeState({ failedProbes: 1 });
    const entries = await world.put({});
    world.pipeline.events.get = async () => Promise.reject(new Error('throttled'));
    await world.turn();
    expect(await world.box()).toEqual(entries);
    expect((await world.stored()).flow.mode).toBe('paused');
    expect(await state(world)).toMatchObject({ failedProbes: 1, nextProbeAt: NOW + 30_000 });
    expect(world.logged('probe failed')).toEqual([]);
    expect(world.logged('waiting delivery not attempted')).toHaveLength(1);
  });

  it('does not take a host that was not looked up in time for a probe that failed', async () => {
    const world = await open();
    await world.changeState({ failedProbes: 1 });
    const entries = await world.put({});
    world.endpoint.answer = () => Promise.reject(new OutOfTime());
    await world.turn();
    expect(await world.box()).toEqual(entries);
    expect(await state(world)).toMatchObject({ failedProbes: 1, nextProbeAt: NOW + 30_000 });
  });

  it('does not take an event that cannot be rendered for an answer', async () => {
    const world = await open({ format: 'unknown' });
    await world.put({});
    await world.turn();
    expect((await world.stored()).flow.mode).toBe('paused');
    expect(await world.box()).toEqual([]);
    expect(await state(world)).toMatchObject({ failedProbes: 0, nextProbeAt: NOW + 15_000 });
  });

  it('sends what waits if someone has resumed the endpoint during the probe', async () => {
    const world = await failing();
    await world.putMany(10);
    world.endpoint.answer = async () => {
      const { flow } = await world.stored();
      const isProbe = world.sent.length <= 2;
      if (flow.mode === 'paused')
        await world.pipeline.flows.setMode('erp', world.id, flow, {
          ...flow,
          mode: 'paced',
          reason: 'recovering',
        });
      return answers(isProbe ? 503 : 200);
    };
    await world.turn();
    expect(await world.box()).toEqual([]);
  });

  it('ends the deliveries if the endpoint turns out to be gone', async () => {
    const world = await open();
    await world.put(...Array.from({ length: 41 }, (_, n) => ({ dueAt: NOW - n * 1000 })));
    world.endpoint.answer = () => answers(410);
    await world.turn();
    expect(await world.stored()).toMatchObject({ enabled: false, disabledReason: 'gone' });
    expect(await world.box()).toEqual([]);
    expect(world.sent).toHaveLength(3);
  });

  it('probes at once within the limits of the owner, with another of the sample each time', async () => {
    const world = await failing({ maxInFlight: 1 });
    await world.put(...Array.from({ length: 41 }, (_, n) => ({ dueAt: NOW - n * 1000 })));
    await world.turn();
    await world.nextTurn();
    await world.nextTurn();
    expect(world.load.most).toBe(1);
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('keeps the configured rate also with its probes', async () => {
    const world = await open({ rateLimit: { perSecond: 2 } });
    await world.put(...Array.from({ length: 41 }, (_, n) => ({ dueAt: NOW - 8000 * n })));
    await world.turn();
    const times = world.sent.map(({ at }) => at);
    for (const [index, at] of times.entries())
      expect(times[index + 2] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(at + 1000);
    expect(times.length).toBeGreaterThan(30);
  });
});

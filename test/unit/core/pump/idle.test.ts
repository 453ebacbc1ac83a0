import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resumeSubscription } from '../../../../core/manage/resume-subscription.ts';
import { sendNow } from '../../../../core/manage/send-now.ts';
import { type Pumped, pumped } from '../../../support/pumped.ts';
import { NOW } from '../../../support/records.ts';

const HOUR = 3_600_000;
const LOOK_AGAIN_MS = 120_000;

describe('a pump that becomes idle', () => {
  let world: Pumped;
  beforeEach(async () => {
    world = await pumped();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const once: Pumped['once'] = (...given) => world.once(...given);
  const dueAt = async () => (await world.item())?.dueAt;

  it('sends at once what someone asks for after its turn has looked for the last time', async () => {
    const world = await pumped();
    const [waiting] = await world.put({ dueAt: NOW + 3_600_000, failedAt: NOW - 1000 });
    await world.putMany(1);
    const { release } = world.pipeline.flows;
    let isAsked = false;
    world.pipeline.flows.release = async (...given) => {
      if (!isAsked) await sendNow(world.managing, 'erp', world.id);
      isAsked = true;
      return release(...given);
    };
    await world.turn();
    expect(world.sent).toHaveLength(1);
    await world.nextTurn();
    expect(world.sent.at(-1)?.eventId).toBe(waiting?.eventId);
    expect(world.sent).toHaveLength(2);
  });

  it('has no due time', async () => {
    await world.putMany(1);
    await world.turn();
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
    expect(world.pipeline.pumpsQueue.sent).toEqual([]);
  });

  it('counts anew what waits if it has found nothing, and only then', async () => {
    const held = async () => (await world.pipeline.flows.records([world.id]))[0]?.held;
    await world.put({}, { dueAt: NOW + HOUR });
    await world.pipeline.flows.addHeld(world.id, 7);
    await world.turn();
    expect(await held()).toBe(6);
    await world.change({ paused: true });
    await world.pipeline.flows.wake('erp', world.id, Date.now(), true);
    await world.turn();
    expect(await held()).toBe(6);
    await world.change({ paused: false });
    vi.setSystemTime(NOW + HOUR);
    await world.pipeline.flows.wake('erp', world.id, Date.now(), true);
    await world.turn();
    expect(world.sent).toHaveLength(2);
    expect(await held()).toBe(0);
  });

  it('is due when the first of what waits is', async () => {
    await world.put({}, { dueAt: NOW + 90_500 }, { dueAt: NOW + HOUR });
    await world.turn();
    expect(await dueAt()).toBe(NOW + 90_500);
    expect(world.pipeline.pumpsQueue.sent).toMatchObject([{ delaySeconds: expect.any(Number) }]);
    expect(await world.nextTurn()).toBeGreaterThanOrEqual(90_500);
    expect(world.sent).toHaveLength(2);
    expect(await dueAt()).toBe(NOW + HOUR);
    expect(world.pipeline.pumpsQueue.sent).toEqual([]);
  });

  it('has called itself, so that the sweeper need not', async () => {
    await world.put({}, { dueAt: NOW + 90_000 });
    await world.turn();
    world.pipeline.pumpsQueue.sent.length = 0;
    await world.pipeline.sweep();
    expect(world.pipeline.pumpsQueue.sent).toEqual([]);
  });

  it.each([
    ['before', 'release'],
    ['after', 'release'],
    ['before', 'idle'],
    ['after', 'idle'],
  ] as const)('sends what is put %s its %s', async (when, name) => {
    await world.putMany(1);
    once(when, name, () => world.putMany(1));
    await world.turn();
    expect(world.sent).toHaveLength(1);
    if (when === 'before' && name === 'release') expect(world.pipeline.pumpsQueue.sent).toHaveLength(1);
    // The function that puts a delivery sends the message only if the pump needs one.
    expect(await dueAt()).toBeLessThanOrEqual(Date.now());
    await world.turn();
    expect(world.sent).toHaveLength(2);
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
  });

  it('is due in time if something for later is put before its release', async () => {
    await world.putMany(1);
    once('before', 'release', () => world.put({ dueAt: NOW + HOUR }));
    await world.turn();
    expect(await dueAt()).toBe(NOW + HOUR);
  });

  it('does not wait for what is due later if something is put before its release', async () => {
    await world.put({}, { dueAt: NOW + 90_000 });
    once('before', 'release', () => world.putMany(1));
    await world.turn();
    expect(await dueAt()).toBeLessThanOrEqual(Date.now());
  });

  it('does not lose what is put for a disabled subscription', async () => {
    await world.change({ enabled: false });
    await world.putMany(1);
    once('before', 'release', () => world.putMany(1));
    await world.turn();
    await world.nextTurn();
    expect(await world.box()).toEqual([]);
  });

  it('is due if something for later is put while it is due to look again', async () => {
    await world.putMany(1);
    once('before', 'idle', async () => {
      await world.pipeline.mailbox.write([await world.waiting({ dueAt: NOW + HOUR })]);
      expect(await world.pipeline.flows.wake('erp', world.id, NOW + HOUR, false)).toBe(false);
    });
    await world.turn();
    expect(await dueAt()).toBe(NOW + HOUR);
  });

  it.each(['before', 'after'] as const)(
    'sends what waits if its owner resumes the subscription %s its release',
    async (when) => {
      await world.change({ paused: true });
      await world.putMany(1);
      once(when, 'release', () => resumeSubscription(world.managing, 'erp', world.id));
      await world.turn();
      expect(world.sent).toEqual([]);
      await world.nextTurn();
      expect(world.sent).toHaveLength(1);
    },
  );

  it('does not lose what is put before its item is removed', async () => {
    await world.putMany(1);
    await world.pipeline.subscriptions.delete(await world.stored());
    await vi.advanceTimersByTimeAsync(15_000);
    once('before', 'remove', () => world.putMany(1));
    await world.turn();
    expect(await dueAt()).toBeLessThanOrEqual(Date.now());
    await world.turn();
    expect(await world.box()).toEqual([]);
    expect(await world.item()).toBeNull();
  });

  it('is due in two minutes if it dies before it has looked again', async () => {
    await world.putMany(1);
    once('before', 'idle', () => new Promise(() => {}));
    void world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await world.item()).toMatchObject({ leaseEnds: null });
    expect((await dueAt()) ?? 0).toBeGreaterThanOrEqual(Date.now() + LOOK_AGAIN_MS - 1000);
  });

  it('is due in half a minute if a fault of ours kept it from looking again', async () => {
    await world.putMany(1);
    once('before', 'idle', () => Promise.reject(new Error('throttled')));
    expect(await world.turn()).toEqual([]);
    expect(await world.item()).toMatchObject({ leaseEnds: null, dueAt: Date.now() + 30_000 });
    await world.nextTurn();
    expect(await dueAt()).toBeNull();
  });
});

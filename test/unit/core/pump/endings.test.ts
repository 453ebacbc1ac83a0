import { afterEach, describe, expect, it, vi } from 'vitest';
import { resumeSubscription } from '../../../../core/manage/resume-subscription.ts';
import { NEW_PACE } from '../../../../core/model/flow-state.ts';
import { disabled } from '../../../../core/model/subscription.ts';
import { inFakeTime, pumped } from '../../../support/pumped.ts';
import { attemptRecord, NOW } from '../../../support/records.ts';

const HOUR = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

describe('the pump of a subscription that its owner has paused', () => {
  it('sends nothing, keeps everything and is idle', async () => {
    const world = await pumped({ paused: true });
    const entries = await world.putMany(3);
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.box()).toEqual(entries.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1)));
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
    expect(await world.nextTurn()).toBeNull();
  });

  it('probes no endpoint that is down', async () => {
    const flow = { mode: 'paused', reason: 'down', since: new Date(NOW).toISOString(), watchedSince: NOW };
    const world = await pumped({ paused: true, flow: flow as never });
    await world.putMany(3);
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.item()).toMatchObject({ dueAt: null });
  });

  it('stops within ten seconds while it sends, and sends the rest once it is resumed', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 500;
    await world.putMany(30);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(1000);
    await world.change({ paused: true });
    await inFakeTime(turn);
    const stoppedAt = Math.max(...world.sent.map(({ at }) => at));
    expect(stoppedAt).toBeLessThan(10_500);
    expect((await world.box()).length + world.sent.length).toBe(30);
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
    await resumeSubscription(world.managing, 'erp', world.id);
    await world.nextTurn();
    expect(await world.box()).toEqual([]);
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(30);
  });
});

describe('the pump of a subscription that is disabled or gone', () => {
  it('ends every delivery, also those that are due later, and records that no attempt follows', async () => {
    const world = await pumped(disabled('manual', NOW));
    const [retried] = await world.put({ number: 3, dueAt: NOW + HOUR }, {});
    const eventId = retried?.eventId ?? '';
    const nextAttemptAt = new Date(NOW + HOUR).toISOString();
    const last = attemptRecord({ subscriptionId: world.id, eventId, number: 2, nextAttemptAt });
    await world.pipeline.attemptLog.record([last]);
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.box()).toEqual([]);
    expect(await world.attempts()).toMatchObject([{ eventId, number: 2, nextAttemptAt: null }]);
    expect(world.logged('delivery cancelled')).toHaveLength(2);
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
  });

  it('removes the flow item of one that is gone', async () => {
    const world = await pumped();
    await world.putMany(3);
    await world.pipeline.subscriptions.delete(await world.stored());
    await vi.advanceTimersByTimeAsync(15_000);
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await world.box()).toEqual([]);
    expect(world.logged('delivery cancelled')).toHaveLength(3);
    expect(await world.item()).toBeNull();
  });

  it('ends the rest if that happens while it sends', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 1500;
    await world.putMany(20);
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(1000);
    await world.change(disabled('manual', Date.now()));
    await inFakeTime(turn);
    await world.nextTurn();
    expect(Math.max(...world.sent.map(({ at }) => at))).toBeLessThan(10_500);
    expect(world.logged('delivery cancelled').length + world.sent.length).toBe(20);
    expect(await world.box()).toEqual([]);
    expect(await world.item()).toMatchObject({ dueAt: null });
  });

  it('tries again what a fault of ours kept from being ended, and is not idle before', async () => {
    const world = await pumped(disabled('manual', NOW));
    await world.put({ number: 3, dueAt: NOW + HOUR });
    const { end } = world.pipeline.attemptLog;
    world.pipeline.attemptLog.end = async () => Promise.reject(new Error('throttled'));
    await world.turn();
    expect(await world.box()).toHaveLength(1);
    world.pipeline.attemptLog.end = end;
    expect(await world.nextTurn()).toBeLessThan(31_000);
    expect(await world.box()).toEqual([]);
  });

  it('sends again what arrives after it was enabled', async () => {
    const world = await pumped(disabled('manual', NOW));
    await world.putMany(1);
    await world.turn();
    await world.change({ enabled: true, disabledReason: null, cancelledUntil: null });
    await world.putMany(1);
    await world.turn();
    expect(world.sent).toHaveLength(1);
  });
});

describe('a fault of ours', () => {
  it('leaves its delivery in the mailbox until the next turn, 30 s later, and holds no other up', async () => {
    const world = await pumped();
    const [unlucky] = await world.putMany(10);
    const { get } = world.pipeline.events;
    world.pipeline.events.get = async (project, id) => {
      if (id === unlucky?.eventId) throw new Error('throttled');
      return get(project, id);
    };
    await world.turn();
    expect(world.sent).toHaveLength(9);
    expect(await world.box()).toEqual([unlucky]);
    expect(world.logged('waiting delivery not attempted')).toMatchObject([
      { level: 'error', fields: { eventId: unlucky?.eventId, subscriptionId: world.id, number: 1 } },
    ]);
    world.pipeline.events.get = get;
    const at = await world.nextTurn();
    expect(at).toBeGreaterThanOrEqual(30_000);
    expect(at).toBeLessThan(32_000);
    expect(world.sent).toHaveLength(10);
    expect(await world.box()).toEqual([]);
  });

  it('does not count as the end of a pull', async () => {
    const world = await pumped();
    await world.changeState({ pull: { before: NOW, what: 'all' } });
    await world.put({ number: 2, dueAt: NOW + HOUR, failedAt: NOW - 1 });
    const { get } = world.pipeline.events;
    world.pipeline.events.get = async () => Promise.reject(new Error('throttled'));
    await world.turn();
    world.pipeline.events.get = get;
    expect(await world.nextTurn()).toBeLessThan(32_000);
    expect(world.sent).toHaveLength(1);
  });

  it('that hits the whole turn returns its message, and the others are handled', async () => {
    const world = await pumped();
    await world.putMany(1);
    const { take } = world.pipeline.flows;
    world.pipeline.flows.take = async (lease, times) => {
      if (lease.subscriptionId !== world.id) throw new Error('throttled');
      return take(lease, times);
    };
    const nonsense = { ...world.message(), body: 'nonsense' };
    const other = { ...world.message(), body: JSON.stringify({ project: 'erp', subscriptionId: 'sub_x' }) };
    const unhandled = await inFakeTime(world.pipeline.pump()([nonsense, other, world.message()]));
    expect(unhandled).toEqual([nonsense.id, other.id]);
    expect(world.sent).toHaveLength(1);
    expect(world.logged('message not handled')).toMatchObject([
      { fields: { messageId: nonsense.id } },
      { fields: { messageId: other.id, subscriptionId: 'sub_x' } },
    ]);
  });

  it('that ends a turn gives the mailbox back, and the next turn begins 30 s later', async () => {
    const world = await pumped();
    await world.putMany(1);
    const { change } = world.pipeline.flows;
    world.pipeline.flows.change = async () => Promise.reject(new Error('throttled'));
    expect(await world.turn()).toEqual([]);
    expect(await world.item()).toMatchObject({ leaseEnds: null });
    expect(world.logged('turn not completed')).toMatchObject([
      { level: 'error', fields: { project: 'erp', subscriptionId: world.id } },
    ]);
    world.pipeline.flows.change = change;
    await world.putMany(1);
    const at = await world.nextTurn();
    expect(at).toBeGreaterThanOrEqual(30_000);
    expect(at).toBeLessThan(32_000);
    expect(world.sent).toHaveLength(2);
  });

  it('that ends a turn gives the mailbox back only when its last request has ended', async () => {
    const world = await pumped({ maxInFlight: 2 });
    await world.changeState({ pace: { ...NEW_PACE, window: 2 } });
    world.endpoint.ms = 5000;
    await world.putMany(1);
    const { read } = world.pipeline.mailbox;
    world.pipeline.mailbox.read = async (...given) => {
      if (world.sent.length > 0) throw new Error('throttled');
      return read(...given);
    };
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(4900);
    expect(world.load.open).toBe(1);
    expect((await world.item())?.leaseEnds).not.toBeNull();
    await inFakeTime(turn);
    expect(await world.item()).toMatchObject({ leaseEnds: null });
    expect(await world.box()).toEqual([]);
  });

  it('that keeps a turn from giving the mailbox back returns its message', async () => {
    const world = await pumped();
    await world.putMany(1);
    world.pipeline.flows.release = async () => Promise.reject(new Error('throttled'));
    const message = world.message();
    expect(await inFakeTime(world.pipeline.pump()([message]))).toEqual([message.id]);
    await vi.advanceTimersByTimeAsync(200_000);
    await world.putMany(1);
    await world.turn();
    expect(world.sent).toHaveLength(2);
  });
});

it('leaves in the mailbox what might outlast the function', async () => {
  const world = await pumped({ timeoutSeconds: 20 });
  const [entry] = await world.putMany(1);
  await inFakeTime(world.pipeline.pump(NOW + 19_000)([world.message()]));
  expect(world.sent).toEqual([]);
  expect(await world.box()).toEqual([entry]);
  // Another invocation has the time, and need not wait as after a fault.
  expect(await world.nextTurn()).toBe(0);
});

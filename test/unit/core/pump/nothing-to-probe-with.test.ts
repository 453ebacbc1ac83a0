import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EvidenceBook } from '../../../../core/flow/evidence-book.ts';
import { wakeForArrivals } from '../../../../core/flow/wake-for-arrivals.ts';
import { cached } from '../../../../core/kernel/cache.ts';
import type { WaitingDelivery } from '../../../../core/model/waiting-delivery.ts';
import { marksOf } from '../../../../core/pump/all-parts.ts';
import { startReplay } from '../../../../core/replay/replay-subscription.ts';
import { silentMetrics } from '../../../support/in-memory/metrics.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { DOWN, type Pumped, pumped } from '../../../support/pumped.ts';
import { eventRecord, NOW, unique } from '../../../support/records.ts';

const HOUR = 3_600_000;

describe('a paused endpoint for which nothing waits', () => {
  let world: Pumped;
  beforeEach(async () => {
    world = await pumped({ flow: DOWN, retry: 'none' });
    world.endpoint.answer = () => answers(503);
    await world.changeState({ probedAt: NOW - HOUR, failedProbes: 1, nextProbeAt: NOW });
    await world.put();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const mode = async () => (await world.stored()).flow.mode;
  const wake = (entry: WaitingDelivery): Promise<void> => {
    const { pipeline, managing } = world;
    const cachedSubscriptions = cached(pipeline.subscriptions.get.bind(pipeline.subscriptions), {
      ...{ maxAgeMs: 1000, maxBytes: 1e6, clock: pipeline.clock },
    });
    const evidence = new EvidenceBook(pipeline.clock);
    const ports = {
      ...{ ...managing, cachedSubscriptions, evidence, random: () => 0.5, metrics: silentMetrics },
      internalQueue: pipeline.internalQueue.queue,
    };
    return wakeForArrivals(ports, [entry]);
  };
  /** A first attempt, as fan-out or the deliver function puts it: its pump is woken before and after. */
  const arrive = async (): Promise<WaitingDelivery> => {
    const entry = await world.waiting({ dueAt: Date.now(), acceptedAt: new Date().toISOString() });
    await wake(entry);
    await world.pipeline.mailbox.write([entry]);
    await wake(entry);
    return entry;
  };

  it('stays paused, and its pump is idle', async () => {
    await world.turn();
    expect(world.sent).toEqual([]);
    expect(await mode()).toBe('paused');
    expect(await world.item()).toMatchObject({
      ...{ dueAt: null, leaseEnds: null },
      state: { nextProbeAt: null, failedProbes: 1, probedAt: NOW - HOUR },
    });
  });

  it('is probed with what arrives, of which a failure consumes nothing', async () => {
    await world.turn();
    const entry = await arrive();
    await world.nextTurn();
    expect(world.sent).toHaveLength(1);
    expect(await mode()).toBe('paused');
    expect(await world.box()).toEqual([entry]);
    world.endpoint.answer = () => answers(200);
    while ((await world.nextTurn()) !== null);
    expect(world.sent.map(({ eventId }) => eventId)).toEqual([entry.eventId, entry.eventId]);
    expect(await world.box()).toEqual([]);
    expect(await mode()).toBe('paced');
  });

  it('keeps what arrives if its pump looks between the call and the write', async () => {
    await world.turn();
    const entry = await world.waiting({ dueAt: Date.now() });
    await wake(entry);
    await world.nextTurn();
    await world.pipeline.mailbox.write([entry]);
    await wake(entry);
    await world.nextTurn();
    expect(world.sent).toHaveLength(1);
    expect(await world.box()).toEqual([entry]);
  });

  it.each([
    ['before', 'release'],
    ['after', 'release'],
    ['before', 'idle'],
    ['after', 'idle'],
  ] as const)('is probed with what arrives %s the %s of its pump', async (when, name) => {
    world.once(when, name, arrive);
    await world.turn();
    await world.nextTurn();
    expect(world.sent).toHaveLength(1);
  });

  it.each([
    ['before', 'release'],
    ['before', 'idle'],
  ] as const)('is probed with a retry that is put %s the %s of its pump', async (when, name) => {
    world.once(when, name, async () => {
      const entry = await world.waiting({ dueAt: NOW + HOUR, failedAt: NOW, number: 2 });
      await world.pipeline.mailbox.write([entry]);
      await wake(entry);
    });
    await world.turn();
    expect((await world.item())?.dueAt).not.toBeNull();
  });

  it('is paced once a test has succeeded', async () => {
    const since = { testedAt: NOW };
    await world.changeState(since);
    await world.turn();
    expect(world.sent).toEqual([]);
    expect((await world.stored()).flow).toMatchObject({ mode: 'paced', reason: 'recovering' });
    expect((await world.item())?.state).toMatchObject({ testedAt: null, failedProbes: 0 });
  });

  it.each(['before', 'after'] as const)('is paced if a test succeeds %s the release', async (when) => {
    world.once(when, 'release', async () => {
      await world.changeState({ testedAt: NOW });
      await world.pipeline.flows.wake('erp', world.id, Date.now(), true);
    });
    await world.turn();
    if ((await world.nextTurn()) === null) await world.turn();
    expect(await mode()).toBe('paced');
  });

  it('stays paused if a probe has failed since a test succeeded', async () => {
    await world.changeState({ testedAt: NOW });
    const [entry] = await world.put({});
    await world.turn();
    expect(world.sent).toHaveLength(1);
    await world.pipeline.mailbox.write([], [entry as WaitingDelivery]);
    await world.pipeline.flows.wake('erp', world.id, Date.now(), true);
    await world.turn();
    expect(await mode()).toBe('paused');
  });

  it('is probed with what a replay has for it, of which a failure consumes nothing', async () => {
    const ids = Array.from({ length: 30 }, () => unique('evt'));
    for (const [index, id] of ids.entries()) {
      const acceptedAt = new Date(NOW - HOUR + index).toISOString();
      await world.pipeline.events.putOnce(eventRecord({ id, acceptedAt }), id);
    }
    const since = new Date(NOW - HOUR).toISOString();
    await startReplay(world.managing, 'erp', world.id, { since, only: 'all' });
    await world.turn();
    expect(world.sent.length).toBeGreaterThan(0);
    expect(await mode()).toBe('paused');
    world.endpoint.answer = () => answers(200);
    world.sent.length = 0;
    while ((await world.nextTurn()) !== null);
    expect(new Set(world.sent.map(({ eventId }) => eventId))).toEqual(new Set(ids));
  });

  it('is probed with what a replay has for it if that is started before the release', async () => {
    const id = unique('evt');
    const acceptedAt = new Date(NOW - HOUR).toISOString();
    await world.pipeline.events.putOnce(eventRecord({ id, acceptedAt }), id);
    world.once('before', 'release', () =>
      startReplay(world.managing, 'erp', world.id, { since: acceptedAt, only: 'all' }),
    );
    await world.turn();
    await world.nextTurn();
    expect(world.sent.map(({ eventId }) => eventId)).toEqual([id]);
  });

  it('is idle if only the marks of ordering keys are left, and has no marks then', async () => {
    await world.change({ ordering: 'strict' });
    for (const key of ['a', 'b']) await world.pipeline.mailbox.mark(world.id, { key, dueAt: null });
    await world.turn();
    expect(await world.item()).toMatchObject({ dueAt: null, leaseEnds: null });
    expect(await marksOf(world.pipeline.mailbox, world.id, { after: null, until: null, limit: 10 })).toEqual(
      [],
    );
  });

  it('is probed with a delivery among many marks that have none', async () => {
    await world.change({ ordering: 'strict' });
    for (let n = 0; n < 200; n++)
      await world.pipeline.mailbox.mark(world.id, { key: `key-${n}`, dueAt: null });
    const ordered = { key: 'key-100', order: NOW };
    const [entry] = await world.put({ ordered });
    await world.turn();
    expect(world.sent.map(({ eventId }) => eventId)).toEqual([entry?.eventId]);
    expect(await mode()).toBe('paused');
  });
});

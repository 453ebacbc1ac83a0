import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { DIRECT, type Flow, newFlow } from '../../core/model/flow.ts';
import { NO_EVIDENCE } from '../../core/model/flow-state.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { CALLED_AGAIN_MS } from '../../core/ports/due-work-store.ts';
import { ENDS_AFTER_MS } from '../../core/ports/subscription-store.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { NOW, subscriptionRecord, unique } from '../support/records.ts';
import { dueEntries } from '../support/waiting.ts';

const adapters = {
  inMemory: (clock: Clock) => {
    const { all, subscriptions } = inMemorySubscriptions();
    const { flows, dueWork } = inMemoryDueWork(clock, all);
    const put01 = async (subscription: Subscription, openedAt: string | null) => {
      const since = openedAt ?? '';
      const open: Flow = { mode: 'paused', reason: 'down', since, watchedSince: Date.parse(since) };
      all.set(subscription.id, { ...subscription, flow: openedAt === null ? DIRECT : open });
    };
    return { flows, dueWork, subscriptions, put01 };
  },
  dynamodb: (table: DataTable) => ({
    flows: flowStore(table),
    dueWork: dueWorkStore(table),
    subscriptions: subscriptionStore(table),
    /** Put a subscription as version 0.1 did, which had a breaker and no flow. */
    async put01({ flow: _, ...settings }: Subscription, openedAt: string | null) {
      const { project, id } = settings;
      const Item = {
        ...{ pk: `PROJECT#${project}`, sk: `SUB#${id}`, ...settings },
        ...(openedAt !== null && { openedAt, failures: 9, outages: 9, firstFailureAt: openedAt }),
      };
      await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  }),
};

const MINUTE_MS = 60_000;

onBoth('the flow item', adapters, (open) => {
  const get = (id: string) => open().flows.get(id);
  const subscribed = async () => {
    const subscription = subscriptionRecord();
    await open().subscriptions.create(subscription);
    return subscription.id;
  };
  const wake = (id: string, at: number) => open().flows.wake('erp', id, at, false);
  const leaseOf = (subscriptionId: string) => ({ project: 'erp', subscriptionId, holder: unique('pump') });
  const take = (lease: ReturnType<typeof leaseOf>, until = testTime.now) =>
    open().flows.take(lease, { until, leaseEnds: testTime.now + MINUTE_MS, dueAt: testTime.now + 200_000 });
  const dueOf = async (id: string) =>
    (await dueEntries(open().dueWork, Number.MAX_SAFE_INTEGER)).filter(({ key }) => key.includes(id));

  it('of a deleted subscription is due when no worker knows the subscription any more, and no pump has it', async () => {
    const subscription = subscriptionRecord();
    const { id } = subscription;
    await open().subscriptions.create(subscription);
    await open().flows.change('erp', id, (state) => ({ ...state, run: 7 }));
    await wake(id, testTime.now);
    const lease = leaseOf(id);
    await take(lease);
    await open().subscriptions.delete(subscription);
    expect(await open().flows.renew(lease, testTime.now + MINUTE_MS)).toBe(false);
    expect(await open().flows.release(lease, testTime.now, false)).toBeNull();
    const dueAt = testTime.now + ENDS_AFTER_MS;
    expect(await get(id)).toEqual({ state: NO_EVIDENCE, dueAt, leaseEnds: null });
    const [due] = await dueOf(id);
    if (due === undefined) throw new Error('It is not due.');
    expect(due).toMatchObject({ dueAt, isPump: true });
    expect(await open().dueWork.callPump(due, testTime.now)).toEqual({
      project: 'erp',
      subscriptionId: id,
      dueAt,
    });
    await open().flows.remove(id, dueAt);
    expect(await get(id)).toBeNull();
  });

  it('is absent until something is known, and then starts without evidence', async () => {
    const id = await subscribed();
    expect(await get(id)).toBeNull();
    const state = await open().flows.change('erp', id, (known) => {
      expect(known).toEqual(NO_EVIDENCE);
      return { ...known, run: 3 };
    });
    expect(state).toEqual({ ...NO_EVIDENCE, run: 3 });
    expect(await get(id)).toEqual({ state, dueAt: null, leaseEnds: null });
    expect(await dueOf(id)).toEqual([]);
  });

  it('keeps every one of many changes at once', async () => {
    const id = await subscribed();
    await Promise.all(
      Array.from({ length: 12 }, () =>
        open().flows.change('erp', id, (known) => ({ ...known, run: known.run + 1 })),
      ),
    );
    expect((await get(id))?.state.run).toBe(12);
  });

  it('is not created by what is learnt of a subscription that is gone', async () => {
    const id = unique('sub');
    const state = await open().flows.change('erp', id, (known) => ({ ...known, run: 3 }));
    expect(state).toEqual({ ...NO_EVIDENCE, run: 3 });
    expect(await get(id)).toBeNull();
  });

  it('keeps its state when the pump is woken, taken and released, and its due time when the state changes', async () => {
    const id = await subscribed();
    const lease = leaseOf(id);
    await open().flows.change('erp', id, (known) => ({ ...known, failedProbes: 4 }));
    await wake(id, NOW);
    await open().flows.change('erp', id, (known) => ({ ...known, run: 1 }));
    const state = { ...NO_EVIDENCE, failedProbes: 4, run: 1 };
    expect(await take(lease)).toEqual({ state, dueAt: NOW, leaseEnds: null });
    expect(await get(id)).toEqual({ state, dueAt: NOW + 200_000, leaseEnds: NOW + MINUTE_MS });
    expect(await open().flows.release(lease, NOW + 5, false)).not.toBeNull();
    expect(await get(id)).toEqual({ state, dueAt: NOW + 5, leaseEnds: null });
  });

  it('is woken only for an earlier time', async () => {
    const id = unique('sub');
    expect(await wake(id, NOW + 1000)).toBe(true);
    expect(await wake(id, NOW + 1000)).toBe(false);
    expect(await wake(id, NOW + 2000)).toBe(false);
    expect(await wake(id, NOW)).toBe(true);
    expect((await get(id))?.dueAt).toBe(NOW);
    expect(await dueOf(id)).toEqual([{ key: expect.any(String), dueAt: NOW, isPump: true }]);
  });

  it('is woken once by many at once', async () => {
    const id = unique('sub');
    const woken = await Promise.all(Array.from({ length: 8 }, () => wake(id, NOW)));
    expect(woken.filter(Boolean)).toHaveLength(1);
  });

  it('is woken by the earliest of many at once', async () => {
    const id = unique('sub');
    const woken = await Promise.all([5, 3, 7, 1, 6].map((more) => wake(id, NOW + more)));
    expect((await get(id))?.dueAt).toBe(NOW + 1);
    expect(woken[3]).toBe(true);
  });

  it('is taken once, when it is due', async () => {
    const id = unique('sub');
    expect(await take(leaseOf(id))).toBeNull();
    await wake(id, NOW + 1);
    expect(await take(leaseOf(id))).toBeNull();
    const taken = await Promise.all(Array.from({ length: 6 }, () => take(leaseOf(id), NOW + 1)));
    expect(taken.filter((item) => item !== null)).toEqual([
      { state: NO_EVIDENCE, dueAt: NOW + 1, leaseEnds: null },
    ]);
  });

  it('is neither woken nor taken while a pump runs, and is both after its lease', async () => {
    const [id, other] = [unique('sub'), unique('sub')];
    const [lost, lease] = [leaseOf(id), leaseOf(id)];
    for (const each of [id, other]) {
      await wake(each, NOW);
      await take(each === id ? lost : leaseOf(each));
    }
    expect(await wake(id, NOW)).toBe(false);
    expect(await take(lease, Number.MAX_SAFE_INTEGER)).toBeNull();
    testTime.now = NOW + MINUTE_MS;
    try {
      expect(await wake(other, testTime.now)).toBe(true);
      // It died: nobody waits for the due time that it left.
      const [due] = await dueOf(id);
      expect(due).toMatchObject({ dueAt: NOW + 200_000, isPump: true });
      expect(await take(lease)).toMatchObject({ leaseEnds: NOW + MINUTE_MS });
      expect(await open().flows.renew(lost, NOW + 9 * MINUTE_MS)).toBe(false);
      expect(await open().flows.release(lost, NOW, false)).toBeNull();
      expect(await open().flows.renew(lease, NOW + 9 * MINUTE_MS)).toBe(true);
      expect((await get(id))?.leaseEnds).toBe(NOW + 9 * MINUTE_MS);
      expect(await open().flows.release(lease, NOW, false)).not.toBeNull();
      expect(await open().flows.release(lease, NOW, false)).toBeNull();
      expect(await open().flows.renew(lease, NOW)).toBe(false);
    } finally {
      testTime.now = NOW;
    }
  });

  it('is not called while a pump runs, and can be taken at once if it is called after its lease', async () => {
    const id = unique('sub');
    const { dueWork } = open();
    await wake(id, NOW);
    await take(leaseOf(id));
    const [due] = await dueOf(id);
    if (due === undefined) throw new Error('It is not due.');
    try {
      testTime.now = NOW + MINUTE_MS - 1;
      expect(await dueWork.callPump(due, testTime.now)).toBeNull();
      testTime.now = NOW + MINUTE_MS;
      const called = { project: 'erp', subscriptionId: id, dueAt: testTime.now };
      expect(await dueWork.callPump(due, testTime.now)).toEqual(called);
      expect(await dueWork.callPump(due, testTime.now)).toBeNull();
    } finally {
      testTime.now = NOW;
    }
  });

  it('becomes idle unless it was woken or taken meanwhile', async () => {
    const id = unique('sub');
    const release = async (lease = leaseOf(id)) => {
      await take(lease, Number.MAX_SAFE_INTEGER);
      await open().flows.release(lease, NOW + 9000, false);
    };
    await wake(id, NOW);
    await release();
    await open().flows.idle(id, NOW + 8999);
    expect((await get(id))?.dueAt).toBe(NOW + 9000);
    await wake(id, NOW + 10);
    await open().flows.idle(id, NOW + 9000);
    expect((await get(id))?.dueAt).toBe(NOW + 10);
    await release();
    const runs = leaseOf(id);
    await open().flows.take(runs, { until: NOW + 9000, leaseEnds: NOW + MINUTE_MS, dueAt: NOW + 9000 });
    await open().flows.idle(id, NOW + 9000);
    expect((await get(id))?.dueAt).toBe(NOW + 9000);
    await open().flows.release(runs, NOW + 9000, false);
    await open().flows.change('erp', id, (known) => ({ ...known, run: 2 }));
    await open().flows.idle(id, NOW + 9000);
    expect(await get(id)).toEqual({ state: { ...NO_EVIDENCE, run: 2 }, dueAt: null, leaseEnds: null });
    expect(await dueOf(id)).toEqual([]);
    await open().flows.idle(unique('sub'), NOW);
    expect(await wake(id, NOW + 20)).toBe(true);
  });

  it('is removed unless it was woken or taken meanwhile', async () => {
    const id = unique('sub');
    const runs = leaseOf(id);
    await wake(id, NOW);
    await open().flows.remove(id, NOW + 1);
    expect((await get(id))?.dueAt).toBe(NOW);
    await open().flows.take(runs, { until: NOW, leaseEnds: NOW + MINUTE_MS, dueAt: NOW });
    await open().flows.remove(id, NOW);
    expect((await get(id))?.dueAt).toBe(NOW);
    await open().flows.release(runs, NOW, false);
    await open().flows.remove(id, NOW);
    expect(await get(id)).toBeNull();
    expect(await dueOf(id)).toEqual([]);
  });

  it('counts what waits, until the pump finds the mailbox empty', async () => {
    const [id, other, gone] = [unique('sub'), unique('sub'), unique('sub')];
    const held = async () => (await open().flows.records([id, gone, other])).map((record) => record?.held);
    await wake(id, NOW);
    await wake(other, NOW);
    await Promise.all([3, -1, 4].map((by) => open().flows.addHeld(id, by)));
    for (const each of [other, gone]) await open().flows.addHeld(each, -2);
    expect(await held()).toEqual([6, undefined, 0]);
    expect(await get(gone)).toBeNull();
    await open().flows.idle(id, NOW + 1, true);
    await open().flows.idle(id, NOW, false);
    expect(await held()).toEqual([6, undefined, 0]);
    await wake(id, NOW);
    await open().flows.idle(id, NOW, true);
    await open().flows.addHeld(id, 1);
    await open().flows.change('erp', id, (known) => ({ ...known, run: 2 }));
    expect((await open().flows.records([id]))[0]).toEqual({
      ...{ state: { ...NO_EVIDENCE, run: 2 }, held: 1 },
      dueAt: (await open().flows.get(id))?.dueAt ?? null,
    });
    expect(await open().flows.records([])).toEqual([]);
  });

  it('is called once per due time, and again if nobody came', async () => {
    const id = unique('sub');
    const { dueWork } = open();
    await wake(id, NOW + 1000);
    const [due] = await dueOf(id);
    if (due === undefined) throw new Error('It is not due.');
    const owner = { project: 'erp', subscriptionId: id, dueAt: NOW + 1000 };
    const calls = await Promise.all([1, 2, 3].map(() => dueWork.callPump(due, NOW)));
    expect(calls.filter((call) => call !== null)).toEqual([owner]);
    expect(await dueWork.callPump(due, NOW + CALLED_AGAIN_MS - 1)).toBeNull();
    expect(await dueWork.callPump(due, NOW + CALLED_AGAIN_MS)).toEqual(owner);
    // Whoever wakes it has called it.
    await wake(id, NOW);
    expect(await dueWork.callPump(due, NOW + 2 * CALLED_AGAIN_MS)).toBeNull();
    const lease = leaseOf(id);
    await take(lease);
    await open().flows.release(lease, NOW + 500, false);
    const [again] = await dueOf(id);
    expect(again?.dueAt).toBe(NOW + 500);
    expect(again && (await dueWork.callPump(again, NOW))).toEqual({ ...owner, dueAt: NOW + 500 });
    await open().flows.idle(id, NOW + 500);
    expect(again && (await dueWork.callPump(again, NOW + CALLED_AGAIN_MS))).toBeNull();
  });
});

onBoth('a mode', adapters, (open) => {
  const paced = (since: number): Flow => ({ ...newFlow(new Date(since).toISOString()), reason: 'failing' });
  const create = async (flow: Flow) => {
    const subscription = subscriptionRecord({ flow });
    await open().subscriptions.create(subscription);
    const { project, id } = subscription;
    return {
      project,
      id,
      set: (from: Flow, to: Flow) => open().flows.setMode(project, id, from, to),
      now: async () => (await open().subscriptions.get(project, id))?.flow,
    };
  };

  it('changes only from the mode that was read', async () => {
    const { set, now } = await create(DIRECT);
    expect(await set(paced(NOW), DIRECT)).toBe(false);
    expect(await now()).toEqual(DIRECT);
    expect(await set(DIRECT, paced(NOW))).toBe(true);
    expect(await now()).toEqual(paced(NOW));
    expect(await set(paced(NOW - 1), DIRECT)).toBe(false);
    expect(await set(paced(NOW), { ...DIRECT, since: '2026-01-15T13:00:00.000Z' })).toBe(true);
    // It was direct before, too, but not since then.
    expect(await set(DIRECT, paced(NOW))).toBe(false);
  });

  it('changes once if many try at once', async () => {
    const { set, now } = await create(paced(NOW));
    const tried = await Promise.all([1, 2, 3, 4].map((more) => set(paced(NOW), paced(NOW + more))));
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await now()).toEqual(paced(NOW + 1 + tried.indexOf(true)));
  });

  it('is not set for a subscription that is gone', async () => {
    const gone = subscriptionRecord();
    expect(await open().flows.setMode(gone.project, gone.id, DIRECT, paced(NOW))).toBe(false);
    expect(await open().subscriptions.get(gone.project, gone.id)).toBeNull();
  });

  it('of a subscription of version 0.1 is direct, and changes once', async () => {
    const old = subscriptionRecord();
    await open().put01(old, null);
    const flow = async () => (await open().subscriptions.get('erp', old.id))?.flow;
    expect(await flow()).toEqual(DIRECT);
    const tried = await Promise.all(
      [1, 2].map((more) => open().flows.setMode('erp', old.id, DIRECT, paced(NOW + more))),
    );
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await flow()).toEqual(paced(NOW + 1 + tried.indexOf(true)));
  });

  it('of a subscription of version 0.1 with an open breaker is paused until it changes', async () => {
    const old = subscriptionRecord();
    const openedAt = '2026-01-15T11:00:00.000Z';
    await open().put01(old, openedAt);
    const flow = async () => (await open().subscriptions.get('erp', old.id))?.flow;
    const read = await flow();
    expect(read).toEqual({
      mode: 'paused',
      reason: 'down',
      since: openedAt,
      watchedSince: Date.parse(openedAt),
    });
    // Whoever read it before its breaker opened is too late.
    expect(await open().flows.setMode('erp', old.id, DIRECT, paced(NOW))).toBe(false);
    expect(await flow()).toEqual(read);
    const recovering: Flow = {
      ...(read as Flow),
      mode: 'paced',
      reason: 'recovering',
      since: '2026-01-15T12:00:00.000Z',
    };
    expect(await open().flows.setMode('erp', old.id, read as Flow, recovering)).toBe(true);
    expect(await flow()).toEqual(recovering);
    expect(await open().flows.setMode('erp', old.id, read as Flow, DIRECT)).toBe(false);
  });
});

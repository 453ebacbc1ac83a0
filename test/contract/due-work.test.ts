import { expect, it } from 'vitest';
import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { healthStore } from '../../core/adapters/dynamodb/health-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { newBreaker } from '../../core/model/breaker.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import type { Claim } from '../../core/model/due-work.ts';
import type { BreakerStore } from '../../core/ports/breaker-store.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../../core/ports/due-work-store.ts';
import type { HealthStore } from '../../core/ports/health-store.ts';
import type { ParkedDeliveries } from '../../core/ports/parked-deliveries.ts';
import type { ReplayJobStore } from '../../core/ports/replay-job-store.ts';
import type { SubscriptionStore } from '../../core/ports/subscription-store.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, parkedRecord, replayJobRecord, subscriptionRecord, unique } from '../support/records.ts';

interface Ports {
  readonly dueWork: DueWorkStore;
  readonly parked: ParkedDeliveries;
  readonly breakers: BreakerStore;
  readonly jobs: ReplayJobStore;
  readonly health: HealthStore;
  readonly subscriptions: SubscriptionStore;
}

const adapters = {
  inMemory: (): Ports => {
    const waiting = inMemoryDueWork();
    return { ...waiting, ...inMemorySubscriptions(waiting.putBreaker) };
  },
  dynamodb: (table: Parameters<typeof dueWorkStore>[0]): Ports => ({
    dueWork: dueWorkStore(table),
    parked: parkedDeliveries(table),
    breakers: breakerStore(table),
    jobs: replayJobStore(table),
    health: healthStore(table),
    subscriptions: subscriptionStore(table),
  }),
};

/** Each test has its own time, so that it does not find another test's work. */
let time = NOW;
const ownTime = () => {
  time += 10_000_000;
  return time;
};

const allDue = async ({ dueWork }: Ports, until: number): Promise<DueEntry[]> => {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => dueWork.due(shard, until, 100));
  return (await Promise.all(shards)).flat();
};

/** Claim the work that is due at exactly this time. */
const claimDueAt = async (ports: Ports, dueAt: number, lease = dueAt + 900_000): Promise<Claim> => {
  const due = (await allDue(ports, dueAt)).find((entry) => entry.dueAt === dueAt);
  if (due === undefined) throw new Error('Nothing is due then.');
  if ((await ports.dueWork.claim(due, lease)) === null) throw new Error('It was not claimed.');
  return { key: due.key, lease };
};

onBoth('parked deliveries', adapters, (open) => {
  /** Remove the work that is due until then. */
  const clear = async (until: number): Promise<void> => {
    for (let due = await allDue(open(), until); due.length > 0; due = await allDue(open(), until)) {
      await Promise.all(
        due.map(async (one) => {
          const lease = until + 1_000_000;
          if (await open().dueWork.claim(one, lease)) await open().dueWork.complete({ key: one.key, lease });
        }),
      );
    }
  };
  const park = async (): Promise<{ delivery: ParkedDelivery; due: DueEntry }> => {
    const delivery = parkedRecord({ scheduledFor: ownTime() });
    await open().parked.park(delivery);
    const due = (await allDue(open(), time)).find(({ dueAt }) => dueAt === time);
    if (due === undefined) throw new Error('It is not due.');
    return { delivery, due };
  };
  const listed = (subscriptionId: string, limit: number) =>
    readAll((page) => open().parked.ofSubscription(subscriptionId, page), limit);

  it('are due at their time, not before', async () => {
    const { delivery } = await park();
    const before = await allDue(open(), delivery.scheduledFor - 1);
    expect(before.some(({ dueAt }) => dueAt === delivery.scheduledFor)).toBe(false);
  });

  it('are listed in the order of their due times, page by page', async () => {
    const subscriptionId = unique('sub');
    for (let index = 0; index < 40; index++)
      await open().parked.park(parkedRecord({ subscriptionId, scheduledFor: 1000 + ((index * 7) % 40) }));
    for (let shard = 0; shard < DUE_SHARDS; shard++) {
      const times = (await open().dueWork.due(shard, 2000, 3)).map(({ dueAt }) => dueAt);
      expect(times.length).toBeLessThanOrEqual(3);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    await clear(2000);
  });

  it('are claimed only once', async () => {
    const { delivery, due } = await park();
    const claims = await Promise.all(
      [1, 2, 3].map((more) => open().dueWork.claim(due, due.dueAt + 900_000 + more)),
    );
    expect(claims.filter((claim) => claim !== null)).toEqual([{ subscriptionId: delivery.subscriptionId }]);
  });

  it('are returned by a valid claim', async () => {
    const { delivery, due } = await park();
    const lease = due.dueAt + 500_000;
    await open().dueWork.claim(due, lease);
    const claim = { key: due.key, lease };
    expect(await open().dueWork.claimed(claim, lease + 7)).toEqual({
      claim,
      work: { kind: 'delivery', delivery },
    });
    // A late message is still valid after the sweeper has sent a second one, but only the first of the two to be received.
    const overtaking = { key: due.key, lease: lease + 1000 };
    await open().dueWork.claim({ key: due.key, dueAt: lease }, overtaking.lease);
    const held = await open().dueWork.claimed(claim, lease + 2000);
    expect(held).toEqual({
      claim: { key: due.key, lease: lease + 2000 },
      work: { kind: 'delivery', delivery },
    });
    expect(await open().dueWork.claimed(overtaking, lease + 3000)).toBeNull();
    expect(await open().dueWork.claimed(claim, lease + 3000)).toBeNull();
  });

  it('are due again when the lease ends, and then the earlier claim is void', async () => {
    const { due } = await park();
    const { key } = due;
    const lease = due.dueAt + 500_000;
    await open().dueWork.claim(due, lease);
    expect((await allDue(open(), due.dueAt)).some((entry) => entry.key === key)).toBe(false);
    expect((await allDue(open(), lease)).find((entry) => entry.key === key)?.dueAt).toBe(lease);
    await open().dueWork.claim({ key, dueAt: lease }, lease + 400_000);
    await open().dueWork.complete({ key, lease });
    expect(await open().dueWork.claimed({ key, lease: lease + 400_000 }, 0)).not.toBeNull();
  });

  it('are removed when completed, which may be repeated', async () => {
    const { due } = await park();
    const claim = { key: due.key, lease: due.dueAt + 500_000 };
    await open().dueWork.claim(due, claim.lease);
    await open().dueWork.complete(claim);
    await open().dueWork.complete(claim);
    expect(await open().dueWork.claimed(claim, claim.lease + 1)).toBeNull();
    expect(await open().dueWork.claim({ key: due.key, dueAt: claim.lease }, claim.lease + 1)).toBeNull();
  });

  it('replace the earlier item of the same delivery', async () => {
    const { delivery, due } = await park();
    const claim = { key: due.key, lease: due.dueAt + 500_000 };
    await open().dueWork.claim(due, claim.lease);
    const next = { ...delivery, number: 5, scheduledFor: delivery.scheduledFor + 300_000 };
    await open().parked.park(next);
    await open().dueWork.complete(claim);
    expect(await listed(delivery.subscriptionId, 10)).toEqual([next]);
  });

  it('are listed by subscription, held or not, the newest first', async () => {
    const subscriptionId = unique('sub');
    const made = Array.from({ length: 130 }, (_, index) =>
      parkedRecord({
        subscriptionId,
        scheduledFor: 5000,
        held: index % 3 === 0,
        acceptedAt: new Date(NOW + index * 1000).toISOString(),
      }),
    );
    await Promise.all(made.map((delivery) => open().parked.park(delivery)));
    expect(await listed(subscriptionId, 50)).toEqual(made.toReversed());
    expect(await listed(subscriptionId, 1)).toEqual(made.toReversed());
    await clear(5000);
    expect(await listed(subscriptionId, 50)).toEqual([]);
  });

  it('are listed while they are held, the oldest event first, until they are released', async () => {
    const subscriptionId = unique('sub');
    const at = ownTime();
    const made = Array.from({ length: 7 }, (_, index) =>
      parkedRecord({
        subscriptionId,
        scheduledFor: at,
        held: index !== 2,
        acceptedAt: new Date(NOW + ((index * 3) % 7) * 1000).toISOString(),
      }),
    );
    for (const delivery of made) await open().parked.park(delivery);
    const held = made
      .filter((delivery) => delivery.held)
      .toSorted((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1));
    expect(await open().parked.held(subscriptionId, 3)).toEqual(held.slice(0, 3));
    const [first] = held;
    if (first === undefined) throw new Error('None is held.');
    // It was held anew since it was read.
    await open().parked.park({ ...first, number: 5, scheduledFor: at + 1 });
    await open().parked.release(first);
    expect(await open().parked.held(subscriptionId, 10)).toHaveLength(held.length);
    await open().parked.release({ ...first, scheduledFor: at + 1 });
    await open().parked.release({ ...first, scheduledFor: at + 1 });
    expect(await open().parked.held(subscriptionId, 10)).toEqual(held.slice(1));
    await clear(at);
  });

  it('are found, held or not, separately from a replay of the same delivery', async () => {
    const at = ownTime();
    for (const held of [true, false]) {
      const delivery = parkedRecord({ scheduledFor: at, held });
      const replay = { id: 'rpl_1', requestedAt: delivery.acceptedAt, after: 3 };
      expect(await open().parked.waits(delivery)).toBe(false);
      await open().parked.park({ ...delivery, replay });
      expect(await open().parked.waits(delivery)).toBe(false);
      await open().parked.park(delivery);
      expect(await open().parked.waits(delivery)).toBe(true);
      expect(await listed(delivery.subscriptionId, 10)).toHaveLength(2);
    }
    await clear(at);
  });
});

onBoth('a breaker', adapters, (open) => {
  const subscribe = async () => {
    const subscription = subscriptionRecord();
    await open().subscriptions.create(subscription);
    return subscription;
  };
  const stateOf = async (id: string) => (await open().subscriptions.get('erp', id))?.health.state;

  it('opens once, together with its subscription’s state, and its first probe is due at the given time', async () => {
    const { project, id } = await subscribe();
    const breaker = newBreaker(project, id);
    const probeAt = ownTime();
    await open().health.openBreaker(breaker, probeAt);
    expect(await stateOf(id)).toBe('open');
    await open().health.openBreaker({ ...breaker, failedProbes: 9 }, probeAt + 1);
    const claim = await claimDueAt(open(), probeAt);
    expect(await open().dueWork.claimed(claim, 0)).toEqual({ claim, work: { kind: 'breaker', breaker } });
    await open().dueWork.complete(claim);
  });

  it('does not open for a subscription that is gone', async () => {
    const probeAt = ownTime();
    await open().health.openBreaker(newBreaker('erp', unique('sub')), probeAt);
    expect((await allDue(open(), probeAt)).filter(({ dueAt }) => dueAt === probeAt)).toEqual([]);
  });

  it('closes with a success, or without one while the failures still count', async () => {
    const { project, id } = await subscribe();
    const at = (hour: number) => new Date(NOW + hour * 3_600_000).toISOString();
    await open().health.recordFailures(project, id, { failures: 6, outages: 5 }, at(0));
    await open().health.openBreaker(newBreaker(project, id), ownTime());
    await open().health.closeBreaker(project, id);
    expect(await stateOf(id)).toBe('failing');
    expect(await open().health.recordFailures(project, id, { failures: 1, outages: 1 }, at(1))).toEqual({
      firstFailureAt: at(0),
      outages: 6,
      open: false,
    });
    await open().health.openBreaker(newBreaker(project, id), ownTime());
    expect(await open().health.recordFailures(project, id, { failures: 1, outages: 0 }, at(2))).toEqual({
      firstFailureAt: at(0),
      outages: 6,
      open: true,
    });
    await open().health.recordSuccess(project, id, at(3));
    expect(await stateOf(id)).toBe('healthy');
    expect(await open().health.recordFailures(project, id, { failures: 1, outages: 1 }, at(4))).toEqual({
      firstFailureAt: at(4),
      outages: 1,
      open: false,
    });
  });

  it('is closed by a change that resets the health', async () => {
    const subscription = await subscribe();
    const { project, id } = subscription;
    await open().health.recordFailures(project, id, { failures: 5, outages: 5 }, subscription.createdAt);
    await open().health.openBreaker(newBreaker(project, id), ownTime());
    const renamed = { ...subscription, name: 'B', version: 2 };
    await open().subscriptions.update(subscription, renamed);
    expect(await stateOf(id)).toBe('open');
    await open().subscriptions.update(renamed, { ...renamed, url: 'https://example.com/new', version: 3 });
    expect(await stateOf(id)).toBe('healthy');
  });

  it('proceeds in steps that each claim the next and void earlier claims', async () => {
    const { project, id } = await subscribe();
    const probeAt = ownTime();
    await open().health.openBreaker(newBreaker(project, id), probeAt);
    const claim = await claimDueAt(open(), probeAt);
    const later = { ...newBreaker(project, id), failedProbes: 1 };
    const step = await open().breakers.save(claim, later, probeAt + 60_000);
    expect(step).toEqual({ key: claim.key, lease: probeAt + 60_000 });
    expect(await open().breakers.save(claim, later, probeAt + 90_000)).toBeNull();
    await open().dueWork.complete(claim);
    expect(await open().dueWork.claimed(claim, probeAt + 90_000)).toBeNull();
    const next = { key: claim.key, lease: probeAt + 60_000 };
    expect(await open().dueWork.claimed(next, 0)).toEqual({
      claim: next,
      work: { kind: 'breaker', breaker: later },
    });
  });

  it('is stored if there is none, or if it is due too late', async () => {
    const { project, id } = await subscribe();
    const breaker = newBreaker(project, id);
    const soon = ownTime();
    await open().breakers.ensure(breaker, soon, soon + 1000);
    await open().breakers.ensure({ ...breaker, failedProbes: 3 }, soon + 500, soon + 1000);
    const claim = await claimDueAt(open(), soon, soon + 5_000_000);
    await open().breakers.ensure({ ...breaker, failedProbes: 3 }, soon, soon + 1000);
    const again = await claimDueAt(open(), soon);
    expect(again.key).toBe(claim.key);
    expect(await open().dueWork.claimed(again, 0)).toMatchObject({
      work: { kind: 'breaker', breaker: { failedProbes: 3 } },
    });
  });

  it('is made due now if there is one', async () => {
    const { project, id } = await subscribe();
    const [probeAt, soon] = [ownTime() + 3_600_000, time];
    await open().breakers.makeDueNow(id, soon);
    expect((await allDue(open(), soon)).filter(({ dueAt }) => dueAt === soon)).toEqual([]);
    await open().health.openBreaker({ ...newBreaker(project, id), failedProbes: 6 }, probeAt);
    await open().breakers.makeDueNow(id, soon);
    const claim = await claimDueAt(open(), soon);
    expect(await open().dueWork.claimed(claim, 0)).toMatchObject({ work: { breaker: { failedProbes: 0 } } });
  });
});

onBoth('a replay job', adapters, (open) => {
  it('is found by its id and excludes another job until it has ended', async () => {
    const subscriptionId = unique('sub');
    const first = replayJobRecord({ subscriptionId });
    const second = replayJobRecord({ subscriptionId, only: 'missing', cursor: 'a' });
    const created = await Promise.allSettled(
      [first, second].map((job) => open().jobs.create(job, ownTime())),
    );
    expect(created.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [running, refused] = created[0]?.status === 'fulfilled' ? [first, second] : [second, first];
    const [claim] = created.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (claim === undefined) throw new Error('None was created.');
    expect(await open().jobs.get(subscriptionId, running.id)).toEqual(running);
    expect(await open().jobs.get(subscriptionId, refused.id)).toBeNull();
    expect(await open().jobs.get('sub_other', running.id)).toBeNull();
    await expect(open().jobs.create(refused, ownTime())).rejects.toThrow(running.id);
    await open().jobs.save(claim, { ...running, state: 'done' }, ownTime());
    await open().jobs.create(refused, ownTime());
    expect(await open().jobs.get(subscriptionId, refused.id)).toEqual(refused);
  });

  it('is due when its lease ends, until it has ended', async () => {
    const job = replayJobRecord();
    const lease = ownTime();
    const claim = await open().jobs.create(job, lease);
    expect(await open().dueWork.claimed(claim, 0)).toEqual({ claim, work: { kind: 'replay', job } });
    const further = { ...job, state: 'running', done: 3, total: 7 } as const;
    const next = await open().jobs.save(claim, further, lease + 1000);
    if (next === null) throw new Error('It was not saved.');
    expect(await open().jobs.save(claim, job, lease + 2000)).toBeNull();
    expect(await claimDueAt(open(), lease + 1000, lease + 5000)).toEqual({
      key: claim.key,
      lease: lease + 5000,
    });
    const ended = { ...further, state: 'done', done: 7 } as const;
    await open().jobs.save({ key: claim.key, lease: lease + 5000 }, ended, lease + 9000);
    expect(await open().jobs.get(job.subscriptionId, job.id)).toEqual(ended);
    const due = await allDue(open(), lease + 9000);
    expect(due.filter(({ key }) => key === claim.key)).toEqual([]);
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { dueItem, dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import type { Claim, DueWork } from '../../core/model/due-work.ts';
import type { ReplayJob } from '../../core/model/replay-job.ts';
import { DUE_SHARDS, type DueEntry } from '../../core/ports/due-work-store.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { SubscriptionMap } from '../support/in-memory/subscriptions.ts';
import { onBoth } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, parkedRecord, replayJobRecord, unique } from '../support/records.ts';
import { dueEntries } from '../support/waiting.ts';

type Legacy = Extract<DueWork, { kind: 'delivery' | 'breaker' }>;

const adapters = {
  inMemory: (clock: Clock) => {
    const { dueWork, parked, jobs, putLegacy } = inMemoryDueWork(clock, new SubscriptionMap());
    return {
      dueWork,
      parked,
      jobs,
      putLegacy: async (work: Legacy, dueAt: number) => putLegacy(work, dueAt),
    };
  },
  dynamodb: (table: DataTable) => ({
    dueWork: dueWorkStore(table),
    parked: parkedDeliveries(table),
    jobs: replayJobStore(table),
    /** Put an item as version 0.1 did. */
    async putLegacy(work: Legacy, dueAt: number) {
      const Item = dueItem(legacyKey(work), work, dueAt);
      await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    },
  }),
};

function legacyKey(work: Legacy) {
  if (work.kind === 'breaker') return { pk: `SUB#${work.breaker.subscriptionId}`, sk: 'BREAKER' };
  const { subscriptionId, held, acceptedAt, eventId, replay } = work.delivery;
  const run = replay === undefined ? '' : `#${replay.id}`;
  return { pk: `SUB#${subscriptionId}`, sk: `${held ? 'HELD' : 'PENDING'}#${acceptedAt}#${eventId}${run}` };
}

type Ports = ReturnType<typeof adapters.dynamodb>;

/** Each test has its own time, so that it does not find another test's work. */
let time = NOW;
const ownTime = () => {
  time += 10_000_000;
  return time;
};

const allDue = ({ dueWork }: Ports, until: number): Promise<DueEntry[]> => dueEntries(dueWork, until);

/** Claim the work that is due at exactly this time. */
const claimDueAt = async (ports: Ports, dueAt: number, lease = dueAt + 900_000): Promise<Claim> => {
  const due = (await allDue(ports, dueAt)).find((entry) => entry.dueAt === dueAt);
  if (due === undefined) throw new Error('Nothing is due then.');
  if ((await ports.dueWork.claim(due, lease)) === null) throw new Error('It was not claimed.');
  return { key: due.key, lease };
};

onBoth('due work', adapters, (open) => {
  const put = async (given: Partial<ParkedDelivery> = {}) => {
    const delivery = parkedRecord({ scheduledFor: ownTime(), ...given });
    await open().putLegacy({ kind: 'delivery', delivery }, delivery.scheduledFor);
    const due = (await allDue(open(), time)).find(({ dueAt }) => dueAt === time);
    if (due === undefined) throw new Error('It is not due.');
    return { delivery, due };
  };

  it('is due at its time, not before', async () => {
    const { delivery, due } = await put();
    expect(due).toEqual({ key: due.key, dueAt: delivery.scheduledFor, isPump: false });
    const before = await allDue(open(), delivery.scheduledFor - 1);
    expect(before.some(({ dueAt }) => dueAt === delivery.scheduledFor)).toBe(false);
  });

  it('is listed in the order of due times, page by page', async () => {
    const made = Array.from({ length: 40 }, (_, n) => parkedRecord({ scheduledFor: 1000 + ((n * 7) % 20) }));
    for (const delivery of made)
      await open().putLegacy({ kind: 'delivery', delivery }, delivery.scheduledFor);
    let found = 0;
    for (let shard = 0; shard < DUE_SHARDS; shard++) {
      const entries = await readAll((page) => open().dueWork.due(shard, 2000, page), 3);
      const times = entries.map(({ dueAt }) => dueAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
      found += entries.length;
    }
    expect(found).toBe(40);
    for (const { key, dueAt } of await allDue(open(), 2000))
      await open().dueWork.complete({ key, lease: dueAt });
    expect(await allDue(open(), 2000)).toEqual([]);
  });

  it('is read on from a cursor whose entry was claimed', async () => {
    const made = Array.from({ length: 60 }, (_, n) => parkedRecord({ scheduledFor: 3000 + n }));
    for (const delivery of made)
      await open().putLegacy({ kind: 'delivery', delivery }, delivery.scheduledFor);
    const seen: string[] = [];
    for (let shard = 0; shard < DUE_SHARDS; shard++) {
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<Ports['dueWork']['due']>> = await open().dueWork.due(shard, 4000, {
          limit: 2,
          cursor,
        });
        for (const due of page.items) {
          seen.push(due.key);
          await open().dueWork.claim(due, time + 50_000_000);
        }
        cursor = page.cursor;
      } while (cursor !== null);
    }
    expect(new Set(seen).size).toBe(60);
    for (const key of seen) await open().dueWork.complete({ key, lease: time + 50_000_000 });
  });

  it('is claimed only once', async () => {
    const { delivery, due } = await put();
    const claims = await Promise.all(
      [1, 2, 3].map((more) => open().dueWork.claim(due, due.dueAt + 900_000 + more)),
    );
    const { project, subscriptionId } = delivery;
    expect(claims.filter((claim) => claim !== null)).toEqual([{ project, subscriptionId }]);
  });

  it('is returned by a valid claim', async () => {
    const { delivery, due } = await put();
    const lease = due.dueAt + 500_000;
    await open().dueWork.claim(due, lease);
    const claim = { key: due.key, lease };
    const work = { kind: 'delivery', delivery };
    expect(await open().dueWork.claimed(claim, lease + 7)).toEqual({ claim, work });
    // A late message is still valid after the sweeper has sent a second one, but only the first of the two to be received.
    const overtaking = { key: due.key, lease: lease + 1000 };
    await open().dueWork.claim({ ...due, dueAt: lease }, overtaking.lease);
    const held = await open().dueWork.claimed(claim, lease + 2000);
    expect(held).toEqual({ claim: { key: due.key, lease: lease + 2000 }, work });
    expect(await open().dueWork.claimed(overtaking, lease + 3000)).toBeNull();
    expect(await open().dueWork.claimed(claim, lease + 3000)).toBeNull();
  });

  it('is due again when the lease ends, and then the earlier claim is void', async () => {
    const { due } = await put();
    const { key } = due;
    const lease = due.dueAt + 500_000;
    await open().dueWork.claim(due, lease);
    expect((await allDue(open(), due.dueAt)).some((entry) => entry.key === key)).toBe(false);
    expect((await allDue(open(), lease)).find((entry) => entry.key === key)?.dueAt).toBe(lease);
    await open().dueWork.claim({ ...due, dueAt: lease }, lease + 400_000);
    await open().dueWork.complete({ key, lease });
    expect(await open().dueWork.claimed({ key, lease: lease + 400_000 }, 0)).not.toBeNull();
  });

  it('is removed when completed, which may be repeated', async () => {
    const { due } = await put();
    const claim = { key: due.key, lease: due.dueAt + 500_000 };
    await open().dueWork.claim(due, claim.lease);
    await open().dueWork.complete(claim);
    await open().dueWork.complete(claim);
    expect(await open().dueWork.claimed(claim, claim.lease + 1)).toBeNull();
    expect(await open().dueWork.claim({ ...due, dueAt: claim.lease }, claim.lease + 1)).toBeNull();
  });

  it('of version 0.1 may be a breaker', async () => {
    const breaker = { project: 'erp', subscriptionId: unique('sub') };
    const probeAt = ownTime();
    await open().putLegacy({ kind: 'breaker', breaker }, probeAt);
    const claim = await claimDueAt(open(), probeAt);
    expect(await open().dueWork.claimed(claim, 0)).toEqual({ claim, work: { kind: 'breaker', breaker } });
    await open().dueWork.complete(claim);
    expect(await open().dueWork.claimed(claim, 0)).toBeNull();
  });
});

onBoth('what a breaker of version 0.1 holds', adapters, (open) => {
  it('is listed, the oldest event first, until it is released', async () => {
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
    const put = (delivery: ParkedDelivery) => open().putLegacy({ kind: 'delivery', delivery }, at);
    for (const delivery of made) await put(delivery);
    const held = made
      .filter((delivery) => delivery.held)
      .toSorted((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1));
    expect(await open().parked.held(subscriptionId, 3)).toEqual(held.slice(0, 3));
    const [first] = held;
    if (first === undefined) throw new Error('None is held.');
    // It was held anew since it was read.
    await put({ ...first, number: 5, scheduledFor: at + 1 });
    await open().parked.release(first);
    expect(await open().parked.held(subscriptionId, 10)).toHaveLength(held.length);
    await open().parked.release({ ...first, scheduledFor: at + 1 });
    await open().parked.release({ ...first, scheduledFor: at + 1 });
    expect(await open().parked.held(subscriptionId, 10)).toEqual(held.slice(1));
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
    expect(await open().jobs.get(subscriptionId, running.id)).toEqual(running);
    expect(await open().jobs.get(subscriptionId, refused.id)).toBeNull();
    expect(await open().jobs.get('sub_other', running.id)).toBeNull();
    expect(await open().jobs.running(subscriptionId)).toEqual(running);
    await expect(open().jobs.create(refused, ownTime())).rejects.toThrow(running.id);
    const done: ReplayJob = { ...running, state: 'done' };
    expect(await open().jobs.replace(running, done)).toBe(true);
    expect(await open().jobs.running(subscriptionId)).toBeNull();
    await open().jobs.create(refused, ownTime());
    expect(await open().jobs.running(subscriptionId)).toEqual(refused);
    const listed = await open().jobs.list(subscriptionId, { limit: 10, cursor: null });
    expect(listed.items).toEqual([done, refused].sort((a, b) => (a.id < b.id ? 1 : -1)));
  });

  it('is due when its lease ends, until it is handed over', async () => {
    const job = replayJobRecord();
    const lease = ownTime();
    const claim = await open().jobs.create(job, lease);
    expect(await open().dueWork.claimed(claim, 0)).toEqual({ claim, work: { kind: 'replay', job } });
    await open().jobs.handOver({ ...claim, lease: lease + 1 });
    const entries = async () => (await allDue(open(), lease)).filter(({ key }) => key === claim.key);
    expect(await entries()).toHaveLength(1);
    await open().jobs.handOver(claim);
    expect(await entries()).toEqual([]);
    expect(await open().jobs.running(job.subscriptionId)).toEqual(job);
  });

  it('is replaced by one of two that read it, and by nobody once it has ended', async () => {
    const job = replayJobRecord();
    await open().jobs.create(job, ownTime());
    const further: ReplayJob = {
      ...job,
      done: 3,
      cursor: 'a',
      reachedAt: job.since,
      nextDueAt: job.nextDueAt + 1,
    };
    expect(await open().jobs.replace(job, further)).toBe(true);
    expect(await open().jobs.replace(job, { ...job, state: 'cancelled' })).toBe(false);
    expect(await open().jobs.get(job.subscriptionId, job.id)).toEqual(further);
    const cancelled: ReplayJob = { ...further, state: 'cancelled' };
    expect(await open().jobs.replace(further, cancelled)).toBe(true);
    expect(await open().jobs.replace(further, { ...further, done: 4 })).toBe(false);
    expect(await open().jobs.get(job.subscriptionId, job.id)).toEqual(cancelled);
  });
});

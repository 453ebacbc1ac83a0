import { expect, it } from 'vitest';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import type { ParkedDelivery } from '../../core/domain/delivery.ts';
import { DUE_SHARDS, type DueDelivery, type ParkedDeliveries } from '../../core/ports.ts';
import { inMemoryParkedDeliveries } from '../support/in-memory/parked-deliveries.ts';
import { onBoth, readAll } from '../support/on-both.ts';
import { NOW, parkedRecord, unique } from '../support/records.ts';

onBoth('parked deliveries', { inMemory: inMemoryParkedDeliveries, dynamodb: parkedDeliveries }, (open) => {
  const allDue = async (until: number): Promise<DueDelivery[]> => {
    const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => open().due(shard, until, 100));
    return (await Promise.all(shards)).flat();
  };
  /** Takes out what is due until then, so that the tests do not find one another's. */
  const clear = async (until: number): Promise<void> => {
    for (let due = await allDue(until); due.length > 0; due = await allDue(until)) {
      await Promise.all(
        due.map(async (one) => {
          const delivery = await open().claim(one, until + 1_000_000);
          if (delivery) await open().complete({ ...delivery, lease: until + 1_000_000 });
        }),
      );
    }
  };
  const claimOf = (delivery: ParkedDelivery, lease: number) => ({ ...delivery, lease });

  /** Parks one whose time is its own, so that the tests do not find one another's. */
  let time = NOW;
  const park = async (parked: ParkedDeliveries): Promise<{ delivery: ParkedDelivery; due: DueDelivery }> => {
    time += 1_000_000;
    const delivery = parkedRecord({ scheduledFor: time });
    await parked.park(delivery);
    const due = (await allDue(time)).find(({ dueAt }) => dueAt === time);
    if (due === undefined) throw new Error('It is not due.');
    return { delivery, due };
  };

  it('are due at their time and not before', async () => {
    const { delivery } = await park(open());
    expect(
      (await allDue(delivery.scheduledFor - 1)).some(({ dueAt }) => dueAt === delivery.scheduledFor),
    ).toBe(false);
  });

  it('are due in order of their times, a page at a time', async () => {
    const subscriptionId = unique('sub');
    for (let index = 0; index < 40; index++)
      await open().park(parkedRecord({ subscriptionId, scheduledFor: 1000 + ((index * 7) % 40) }));
    for (let shard = 0; shard < DUE_SHARDS; shard++) {
      const times = (await open().due(shard, 2000, 3)).map(({ dueAt }) => dueAt);
      expect(times.length).toBeLessThanOrEqual(3);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    await clear(2000);
  });

  it('are claimed by one only', async () => {
    const { delivery, due } = await park(open());
    const claims = await Promise.all([1, 2, 3].map((more) => open().claim(due, due.dueAt + 900_000 + more)));
    expect(claims.filter((claim) => claim !== null)).toEqual([delivery]);
  });

  it('stand for what was parked while the claim holds', async () => {
    const { delivery, due } = await park(open());
    const lease = due.dueAt + 500_000;
    await open().claim(due, lease);
    expect(await open().claimed(claimOf(delivery, lease))).toEqual(delivery);
    expect(await open().claimed(claimOf(delivery, lease + 1))).toBeNull();
  });

  it('are due again when the lease ends, and the late claimer is overtaken', async () => {
    const { delivery, due } = await park(open());
    const lease = due.dueAt + 500_000;
    await open().claim(due, lease);
    expect((await allDue(due.dueAt)).some(({ key }) => key === due.key)).toBe(false);
    const again = (await allDue(lease)).find(({ key }) => key === due.key);
    expect(again?.dueAt).toBe(lease);
    await open().claim({ key: due.key, dueAt: lease }, lease + 400_000);
    expect(await open().claimed(claimOf(delivery, lease))).toBeNull();
    await open().complete(claimOf(delivery, lease));
    expect(await open().claimed(claimOf(delivery, lease + 400_000))).toEqual(delivery);
  });

  it('are gone when completed, as often as one likes', async () => {
    const { delivery, due } = await park(open());
    const claim = claimOf(delivery, due.dueAt + 500_000);
    await open().claim(due, claim.lease);
    await open().complete(claim);
    await open().complete(claim);
    expect(await open().claimed(claim)).toBeNull();
    expect(await open().claim({ key: due.key, dueAt: claim.lease }, claim.lease + 1)).toBeNull();
  });

  it('are parked anew in place of what they were', async () => {
    const { delivery, due } = await park(open());
    const claim = claimOf(delivery, due.dueAt + 500_000);
    await open().claim(due, claim.lease);
    const next = { ...delivery, number: 5, scheduledFor: delivery.scheduledFor + 300_000 };
    await open().park(next);
    await open().complete(claim);
    expect(await readAll((page) => open().ofSubscription(delivery.subscriptionId, page), 10)).toEqual([next]);
  });

  it('are listed by subscription', async () => {
    const subscriptionId = unique('sub');
    const made = Array.from({ length: 130 }, (_, index) =>
      parkedRecord({
        subscriptionId,
        scheduledFor: 5000,
        acceptedAt: new Date(NOW + index * 1000).toISOString(),
      }),
    );
    await Promise.all(made.map((delivery) => open().park(delivery)));
    expect(await readAll((page) => open().ofSubscription(subscriptionId, page), 50)).toEqual(
      made.toReversed(),
    );
    await clear(5000);
    expect(await readAll((page) => open().ofSubscription(subscriptionId, page), 50)).toEqual([]);
  });
});

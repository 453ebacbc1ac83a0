import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldLease } from '../../../../core/pump/held-lease.ts';
import { inMemoryFlows } from '../../../support/in-memory/flow.ts';
import { inMemorySubscriptions } from '../../../support/in-memory/subscriptions.ts';
import { NOW } from '../../../support/records.ts';

const MINUTE = 60_000;

describe('the lease of a mailbox', () => {
  let flows: ReturnType<typeof inMemoryFlows>['flows'];
  beforeEach(async () => {
    vi.useFakeTimers({ now: NOW });
    flows = inMemoryFlows(Date.now, inMemorySubscriptions().all).flows;
    await flows.wake('erp', 'sub_1', NOW, true);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const take = (holder: string) =>
    HeldLease.take({ flows, clock: Date.now } as Parameters<typeof HeldLease.take>[0], {
      project: 'erp',
      subscriptionId: 'sub_1',
      holder,
    });
  /** Take the lease, which must be free. */
  const hold = async (holder: string): Promise<HeldLease> => {
    const held = await take(holder);
    if (held === null) throw new Error('The lease is not free.');
    return held;
  };
  const leaseEnds = async () => (await flows.get('sub_1'))?.leaseEnds;

  it('is held by one pump', async () => {
    const held = await hold('a');
    expect(held.isValid).toBe(true);
    expect(held.item).toMatchObject({ dueAt: NOW, leaseEnds: null });
    expect(await take('b')).toBeNull();
    held.stop();
  });

  it('cannot be taken unless the pump is due, though its message may be a little early', async () => {
    const held = await hold('a');
    await held.release(NOW + 10_000, false);
    await vi.advanceTimersByTimeAsync(8000);
    expect(await take('b')).toBeNull();
    await vi.advanceTimersByTimeAsync(500);
    (await hold('b')).stop();
  });

  it('is free again when it was given back', async () => {
    expect(await (await hold('a')).release(NOW + 1000, true)).not.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
    expect(await flows.get('sub_1')).toMatchObject({ dueAt: NOW + 1000, leaseEnds: null });
    (await hold('b')).stop();
  });

  it('is renewed every ten seconds while it is held, and no longer', async () => {
    const held = await hold('a');
    await vi.advanceTimersByTimeAsync(9999);
    expect(await leaseEnds()).toBe(NOW + MINUTE);
    await vi.advanceTimersByTimeAsync(1);
    expect(await leaseEnds()).toBe(NOW + 70_000);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(held.isValid).toBe(true);
    expect(await take('b')).toBeNull();
    held.stop();
    const until = await leaseEnds();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await leaseEnds()).toBe(until);
  });

  it('is not renewed any more if the pump stops while a renewal is under way', async () => {
    const { renew } = flows;
    const slow = Promise.withResolvers<void>();
    flows.renew = async (...given) => {
      await slow.promise;
      return renew(...given);
    };
    const held = await hold('a');
    await vi.advanceTimersByTimeAsync(10_000);
    held.stop();
    slow.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a minute after its pump has died, and leaves the mailbox due within the two minutes that the sweeper looks ahead', async () => {
    (await hold('a')).stop();
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(await take('b')).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(await flows.get('sub_1')).toMatchObject({ dueAt: Date.now() + 2 * MINUTE });
    (await hold('b')).stop();
  });

  it('is lost when a renewal finds another holder', async () => {
    const held = await hold('a');
    await flows.release({ project: 'erp', subscriptionId: 'sub_1', holder: 'a' }, NOW, false);
    const other = await hold('b');
    await vi.advanceTimersByTimeAsync(10_000);
    expect([held.isValid, other.isValid]).toEqual([false, true]);
    expect(await held.release(NOW, true)).toBeNull();
    expect(await take('c')).toBeNull();
    other.stop();
  });

  it('is valid until ten seconds before its end if it cannot be renewed', async () => {
    flows.renew = async () => Promise.reject(new Error('throttled'));
    const held = await hold('a');
    await vi.advanceTimersByTimeAsync(49_999);
    expect(held.isValid).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(held.isValid).toBe(false);
    expect(await take('b')).toBeNull();
    held.stop();
  });

  it('is renewed ten seconds after a renewal has failed', async () => {
    const { renew } = flows;
    let calls = 0;
    flows.renew = async (...given) => {
      if (++calls <= 3) throw new Error('throttled');
      return renew(...given);
    };
    const held = await hold('a');
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(held.isValid).toBe(true);
    expect(await leaseEnds()).toBe(NOW + 2 * MINUTE);
    held.stop();
  });
});

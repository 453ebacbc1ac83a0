import { beforeEach, expect, it } from 'vitest';
import { leaseStore } from '../../core/adapters/dynamodb/lease-store.ts';
import { inMemoryLeases } from '../support/in-memory/leases.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { NOW, unique } from '../support/records.ts';

beforeEach(() => {
  testTime.now = NOW;
});

onBoth('leases', { inMemory: inMemoryLeases, dynamodb: leaseStore }, (open) => {
  const lease = (name: string, holder: string) => ({ name, holder, endsAt: testTime.now + 1000 });

  it('gives a lease to one holder until its end', async () => {
    const name = unique('lease');
    expect(await open().take(lease(name, 'a'))).toBe(true);
    testTime.now += 999;
    expect(await open().take(lease(name, 'b'))).toBe(false);
    expect(await open().take(lease(unique('other'), 'b'))).toBe(true);
    testTime.now += 1;
    expect(await open().take(lease(name, 'b'))).toBe(true);
  });

  it('gives a lease to one of many that ask at once', async () => {
    const name = unique('lease');
    const holders = Array.from({ length: 10 }, (_, number) => `holder ${number}`);
    const taken = await Promise.all(holders.map((holder) => open().take(lease(name, holder))));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('lets the holder take its lease again, because a client repeats a request whose response was lost', async () => {
    const name = unique('lease');
    await open().take(lease(name, 'a'));
    expect(await open().take(lease(name, 'a'))).toBe(true);
  });

  it('frees a released lease at once, but not one that somebody else has meanwhile', async () => {
    const name = unique('lease');
    await open().take(lease(name, 'a'));
    await open().release(lease(name, 'a'));
    await open().release(lease(name, 'a'));
    expect(await open().take(lease(name, 'b'))).toBe(true);
    await open().release(lease(name, 'a'));
    expect(await open().take(lease(name, 'c'))).toBe(false);
  });
});

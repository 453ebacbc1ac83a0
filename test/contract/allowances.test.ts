import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allowanceStore } from '../../core/adapters/dynamodb/allowance-store.ts';
import { PublishingRate } from '../../core/publish/publishing-rate.ts';
import { startTable } from '../support/engines.ts';
import { NOW, unique } from '../support/records.ts';

const time = { now: NOW };
const clock = () => time.now;
const LIMITS = { eventsPerSecond: 100, burst: 200, megabytesPerDay: 1 };

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(clock);
});
afterAll(() => running.stop());
beforeEach(() => {
  time.now = NOW;
});
const allowances = () => allowanceStore(running.table);

describe('the bucket of a project', () => {
  const bucket = { perSecond: 10, burst: 20 };

  it('holds as many tokens as its burst, and gets new ones at its rate', async () => {
    const project = unique('p');
    expect(await allowances().take(project, bucket, 20, 0)).toMatchObject({ isTaken: true, waitMs: 0 });
    expect(await allowances().take(project, bucket, 5, 0)).toMatchObject({ isTaken: false, waitMs: 500 });
    time.now += 500;
    expect(await allowances().read(project, bucket)).toMatchObject({ tokens: 5 });
    expect(await allowances().take(project, bucket, 5, 0)).toMatchObject({ isTaken: true });
    time.now += 3_600_000;
    expect(await allowances().read(project, bucket)).toMatchObject({ tokens: 20 });
  });

  it('gives tokens in advance to who waits for them', async () => {
    const project = unique('p');
    await allowances().take(project, bucket, 20, 0);
    expect(await allowances().take(project, bucket, 10, 0, 5000)).toMatchObject({
      isTaken: true,
      waitMs: 1000,
    });
    expect(await allowances().take(project, bucket, 20, 0, 5000)).toMatchObject({
      isTaken: true,
      waitMs: 3000,
    });
    expect(await allowances().take(project, bucket, 21, 0, 5000)).toMatchObject({
      isTaken: false,
      waitMs: 5100,
    });
  });

  it('gives no token twice to those who take some at once', async () => {
    const project = unique('p');
    const takes = await Promise.all(
      Array.from({ length: 30 }, () => allowances().take(project, bucket, 1, 10)),
    );
    expect(takes.filter(({ isTaken }) => isTaken)).toHaveLength(20);
    expect(await allowances().read(project, bucket)).toEqual({ tokens: 0, bytesToday: 200 });
  });

  it('costs one write while it is full, and two while it is not', async () => {
    const project = unique('p');
    let writes = 0;
    running.table.client.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'UpdateItemCommand') writes += 1;
        return next(args);
      },
      { step: 'initialize', name: 'writes' },
    );
    try {
      const costs: number[] = [];
      for (const pauseMs of [0, 100, 100_000, 50]) {
        time.now += pauseMs;
        writes = 0;
        expect(await allowances().take(project, bucket, 1, 10)).toMatchObject({ isTaken: true });
        costs.push(writes);
      }
      expect(costs).toEqual([1, 1, 1, 2]);
    } finally {
      running.table.client.middlewareStack.remove('writes');
    }
  });

  it('counts the bytes of each day', async () => {
    const project = unique('p');
    await allowances().take(project, bucket, 1, 700);
    await allowances().take(project, bucket, 1, 300);
    expect(await allowances().read(project, bucket)).toMatchObject({ bytesToday: 1000 });
    time.now += 86_400_000;
    expect(await allowances().take(project, bucket, 1, 5)).toMatchObject({ bytesToday: 5 });
  });
});

const ADMITTED = { isAdmitted: true };
const REFUSED = { isAdmitted: false };

describe('the publishing rate of a project', () => {
  const copiesOf = (count: number) => {
    let writes = 0;
    const counted: Pick<ReturnType<typeof allowances>, 'take'> = {
      take: (...given) => {
        writes += 1;
        return allowances().take(...given);
      },
    };
    const copies = Array.from(
      { length: count },
      () => new PublishingRate({ allowances: counted, limits: LIMITS, clock }),
    );
    return { copies, writes: () => writes };
  };

  it.each([1, 7])('is kept by %i copies of a function, but for what each took in advance', async (count) => {
    const project = unique('p');
    const { copies } = copiesOf(count);
    let accepted = 0;
    for (const end = NOW + 3000; time.now < end; time.now += 4)
      for (const copy of copies) if ((await copy.take(project, 1, 10)).isAdmitted) accepted += 1;
    const allowed = LIMITS.burst + 3 * LIMITS.eventsPerSecond;
    expect(accepted).toBeLessThanOrEqual(allowed + count * 25);
    expect(accepted).toBeGreaterThanOrEqual(allowed * 0.9);
  });

  it('costs fewer writes than events if there are many, and one each if there are few', async () => {
    const busy = copiesOf(1);
    const project = unique('p');
    for (let n = 0; n < 450; n++, time.now += 11)
      expect(await busy.copies[0]?.take(project, 1, 10)).toMatchObject(ADMITTED);
    expect(busy.writes()).toBeLessThan(100);
    const quiet = copiesOf(1);
    const other = unique('p');
    for (let n = 0; n < 10; n++, time.now += 1500) await quiet.copies[0]?.take(other, 1, 10);
    expect(quiet.writes()).toBe(10);
  });

  it('is not used up by what copies take in advance and do not use', async () => {
    const project = unique('p');
    const { copies } = copiesOf(20);
    // 50 events a second, each of which meets another copy.
    for (let n = 0; n < 500; n++, time.now += 20)
      expect(await copies[n % copies.length]?.take(project, 1, 10)).toMatchObject(ADMITTED);
  });

  it('tells who exceeds it when to try again, and costs no write until then', async () => {
    const project = unique('p');
    const { copies, writes } = copiesOf(1);
    await copies[0]?.take(project, 200, 10);
    expect(await copies[0]?.take(project, 50, 10)).toEqual({
      ...REFUSED,
      limit: 'rate',
      until: NOW + 500,
    });
    const before = writes();
    time.now += 499;
    expect(await copies[0]?.take(project, 50, 10)).toMatchObject(REFUSED);
    expect(writes()).toBe(before);
    time.now += 1;
    expect(await copies[0]?.take(project, 50, 10)).toMatchObject(ADMITTED);
  });

  it('ends for the day with the bytes that it may publish', async () => {
    const project = unique('p');
    const { copies } = copiesOf(2);
    expect(await copies[0]?.take(project, 1, 900_000)).toMatchObject(ADMITTED);
    const midnight = Date.UTC(2026, 0, 16);
    expect(await copies[1]?.take(project, 1, 200_000)).toEqual({
      ...REFUSED,
      limit: 'bytes',
      until: midnight,
    });
    time.now = midnight;
    expect(await copies[1]?.take(project, 1, 200_000)).toMatchObject(ADMITTED);
  });

  it('does not concern other projects', async () => {
    const { copies } = copiesOf(1);
    await copies[0]?.take(unique('p'), 200, 10);
    expect(await copies[0]?.take(unique('p'), 200, 10)).toMatchObject(ADMITTED);
  });
});

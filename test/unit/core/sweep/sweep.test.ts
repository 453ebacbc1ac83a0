import { beforeEach, describe, expect, it } from 'vitest';
import { inMemoryPipeline, type Pipeline, refuseAll } from '../../../support/pipeline.ts';
import { NOW, parkedRecord } from '../../../support/records.ts';

const MINUTE = 60_000;

describe('the sweeper', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = inMemoryPipeline();
  });

  /** Leave a delivery there as a version before 0.2 did. */
  const leave = (scheduledFor: number) =>
    pipeline.putLegacy({ kind: 'delivery', delivery: parkedRecord({ scheduledFor }) }, scheduledFor);

  it('sends each delivery that is due within two minutes, with the remaining delay', async () => {
    for (const scheduledFor of [NOW - MINUTE, NOW + 1, NOW + 37_000, NOW + 2 * MINUTE]) leave(scheduledFor);
    leave(NOW + 2 * MINUTE + 1);
    expect(await pipeline.sweep()).toBe(4);
    const delays = pipeline.retriesQueue.sent.map(({ delaySeconds }) => delaySeconds ?? -1);
    expect(delays.toSorted((a, b) => a - b)).toEqual([0, 1, 37, 120]);
  });

  it('sends each delivery once, however often it runs', async () => {
    leave(NOW);
    await Promise.all([pipeline.sweep(), pipeline.sweep()]);
    pipeline.time.now += MINUTE;
    await pipeline.sweep();
    expect(pipeline.retriesQueue.sent).toHaveLength(1);
  });

  it('sends a delivery again if its claim was not completed before the lease ended', async () => {
    leave(NOW);
    await pipeline.sweep();
    const [lost] = pipeline.retriesQueue.sent.splice(0);
    expect(lost).toBeDefined();
    for (let minute = 1; minute <= 50; minute++) {
      pipeline.time.now = NOW + minute * MINUTE;
      await pipeline.sweep();
    }
    expect(pipeline.retriesQueue.sent).toHaveLength(1);
  });

  it('gives back a claim whose message could not be sent', async () => {
    leave(NOW + 37_000);
    const send = pipeline.retriesQueue.queue.send;
    refuseAll(pipeline.retriesQueue);
    expect(await pipeline.sweep()).toBe(0);
    pipeline.retriesQueue.queue.send = send;
    expect(await pipeline.sweep()).toBe(1);
    expect(pipeline.retriesQueue.sent).toMatchObject([{ delaySeconds: 37 }]);
  });

  it('moves the other deliveries if one cannot be claimed or a shard cannot be read', async () => {
    for (let n = 0; n < 24; n++) leave(NOW + n);
    const { claim, due } = pipeline.dueWork;
    pipeline.dueWork.claim = async (one, lease) => {
      if (one.dueAt === NOW) throw new Error('throttled');
      return claim(one, lease);
    };
    pipeline.dueWork.due = async (shard, ...rest) => {
      if (shard === 7) throw new Error('throttled');
      return due(shard, ...rest);
    };
    const moved = await pipeline.sweep();
    expect(moved).toBeGreaterThan(12);
    expect(moved).toBeLessThan(24);
    Object.assign(pipeline.dueWork, { claim, due });
    expect(moved + (await pipeline.sweep())).toBe(24);
  });

  it('moves a backlog of any size page by page', async () => {
    for (let n = 0; n < 1500; n++) leave(NOW - n);
    expect(await pipeline.sweep()).toBe(1500);
  });

  it('stops between pages when its time is up', async () => {
    for (let n = 0; n < 1600; n++) leave(NOW - n);
    const { due } = pipeline.dueWork;
    pipeline.dueWork.due = (...page) => {
      pipeline.time.now++;
      return due(...page);
    };
    // Each of the sixteen shards reads one page in this time.
    const moved = await pipeline.sweep(NOW + 16);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(1600);
    expect(moved + (await pipeline.sweep())).toBe(1600);
  });

  describe('of pumps', () => {
    const wake = (id: string, at: number) => pipeline.flows.wake('erp', id, at, false);
    const called = () =>
      pipeline.pumpsQueue.sent
        .splice(0)
        .map(
          ({ body, delaySeconds, groupId }) =>
            `${JSON.parse(body).subscriptionId} ${delaySeconds} ${groupId}`,
        )
        .toSorted();

    it('calls each pump that is due within two minutes, with the remaining delay', async () => {
      await wake('sub_1', NOW - MINUTE);
      await wake('sub_2', NOW + 37_000);
      await wake('sub_3', NOW + 2 * MINUTE + 1);
      expect(await pipeline.sweep()).toBe(2);
      expect(called()).toEqual(['sub_1 0 erp', 'sub_2 37 erp']);
    });

    it('calls a pump once, and again after five minutes if it did not come', async () => {
      await wake('sub_1', NOW);
      await Promise.all([pipeline.sweep(), pipeline.sweep()]);
      expect(called()).toHaveLength(1);
      pipeline.time.now += 5 * MINUTE - 1;
      expect(await pipeline.sweep()).toBe(0);
      pipeline.time.now += 1;
      expect(await pipeline.sweep()).toBe(1);
      expect(called()).toHaveLength(1);
    });

    it('calls the others if one cannot be called', async () => {
      await wake('sub_1', NOW);
      await wake('sub_2', NOW);
      const { callPump } = pipeline.dueWork;
      pipeline.dueWork.callPump = async (due, now) => {
        if (due.key === 'sub_1') throw new Error('throttled');
        return callPump(due, now);
      };
      expect(await pipeline.sweep()).toBe(1);
      expect(called()).toEqual(['sub_2 0 erp']);
    });

    it('reads on after a page that another sweep has called', async () => {
      for (let n = 0; n < 1500; n++) await wake(`sub_${n}`, NOW + n);
      const { due, callPump } = pipeline.dueWork;
      const until = NOW + 1000;
      pipeline.dueWork.callPump = async (entry, now) => (entry.dueAt < until ? null : callPump(entry, now));
      expect(await pipeline.sweep()).toBe(500);
      Object.assign(pipeline.dueWork, { due, callPump });
    });
  });
});

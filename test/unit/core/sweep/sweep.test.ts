import { beforeEach, describe, expect, it } from 'vitest';
import { inMemoryPipeline, type Pipeline, refuseAll } from '../../../support/pipeline.ts';
import { NOW, parkedRecord } from '../../../support/records.ts';

const MINUTE = 60_000;

describe('the sweeper', () => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = inMemoryPipeline();
  });

  it('sends each delivery that is due within two minutes, with the remaining delay', async () => {
    for (const scheduledFor of [NOW - MINUTE, NOW + 1, NOW + 37_000, NOW + 2 * MINUTE])
      await pipeline.parked.park(parkedRecord({ scheduledFor }));
    await pipeline.parked.park(parkedRecord({ scheduledFor: NOW + 2 * MINUTE + 1 }));
    expect(await pipeline.sweep()).toBe(4);
    const delays = pipeline.retriesQueue.sent.map(({ delaySeconds }) => delaySeconds ?? -1);
    expect(delays.toSorted((a, b) => a - b)).toEqual([0, 1, 37, 120]);
  });

  it('sends each delivery once, however often it runs', async () => {
    await pipeline.parked.park(parkedRecord({ scheduledFor: NOW }));
    await Promise.all([pipeline.sweep(), pipeline.sweep()]);
    pipeline.time.now += MINUTE;
    await pipeline.sweep();
    expect(pipeline.retriesQueue.sent).toHaveLength(1);
  });

  it('sends a delivery again if its claim was not completed before the lease ended', async () => {
    await pipeline.parked.park(parkedRecord({ scheduledFor: NOW }));
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
    await pipeline.parked.park(parkedRecord({ scheduledFor: NOW + 37_000 }));
    const send = pipeline.retriesQueue.queue.send;
    refuseAll(pipeline.retriesQueue);
    expect(await pipeline.sweep()).toBe(0);
    pipeline.retriesQueue.queue.send = send;
    expect(await pipeline.sweep()).toBe(1);
    expect(pipeline.retriesQueue.sent).toMatchObject([{ delaySeconds: 37 }]);
  });

  it('moves the other deliveries if one cannot be claimed or a shard cannot be read', async () => {
    for (let n = 0; n < 24; n++) await pipeline.parked.park(parkedRecord({ scheduledFor: NOW + n }));
    const { claim, due } = pipeline.dueWork;
    pipeline.dueWork.claim = async (one, lease) => {
      if (one.dueAt === NOW) throw new Error('throttled');
      return claim(one, lease);
    };
    pipeline.dueWork.due = async (shard, ...rest) => {
      if (shard === 7) throw new Error('throttled');
      return due(shard, ...rest);
    };
    expect(await pipeline.sweep()).toBe(20);
    Object.assign(pipeline.dueWork, { claim, due });
    expect(await pipeline.sweep()).toBe(4);
  });

  it('moves a backlog of any size page by page', async () => {
    for (let n = 0; n < 1500; n++) await pipeline.parked.park(parkedRecord({ scheduledFor: NOW - n }));
    expect(await pipeline.sweep()).toBe(1500);
  });

  it('stops between pages when its time is up', async () => {
    for (let n = 0; n < 1600; n++) await pipeline.parked.park(parkedRecord({ scheduledFor: NOW - n }));
    const { due } = pipeline.dueWork;
    pipeline.dueWork.due = (...page) => {
      pipeline.time.now++;
      return due(...page);
    };
    // Each of the eight shards reads one page in this time.
    expect(await pipeline.sweep(NOW + 8)).toBe(800);
    expect(await pipeline.sweep()).toBe(800);
  });
});

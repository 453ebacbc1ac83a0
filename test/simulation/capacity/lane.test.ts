import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { BatchedTime } from './batched-time.ts';
import { FairQueue } from './fair-queue.ts';
import { type Handler, Lane, type LaneOptions } from './lane.ts';

function create(create: LaneOptions['create'], given: Partial<LaneOptions> = {}) {
  const time = new BatchedTime(0);
  const queue = new FairQueue('q', time, 5);
  const options = { batchSize: 10, concurrency: 2, memoryMb: 1769, dies: 0 };
  const lane = new Lane(time, new Random(1), {
    ...{ queue, create, timeoutMs: 60_000 },
    ...options,
    ...given,
  });
  const put = (count: number) => {
    for (let n = 0; n < count; n++) queue.put({ groupId: 'g', body: String(n) });
  };
  return { time, queue, lane, put };
}

describe('a simulated lane', () => {
  it('runs as many invocations at once as it has copies, each until its slowest message is handled', async () => {
    const batches: { at: number; size: number }[] = [];
    const { time, put } = create(() => async (messages) => {
      batches.push({ at: time.now, size: messages.length });
      await time.sleep(1000);
      return [];
    });
    put(25);
    await time.runUntil(10_000);
    // The start of the first two copies takes 310 ms.
    expect(batches).toEqual([
      { at: 310, size: 10 },
      { at: 310, size: 10 },
      { at: 1320, size: 5 },
    ]);
  });

  it('receives the messages of an invocation that timed out again, in another copy', async () => {
    const receives: number[] = [];
    let copies = 0;
    const { time, put, queue } = create(() => {
      const copy = copies++;
      const handle: Handler = async (messages) => {
        receives.push(...messages.map(({ receiveCount }) => receiveCount));
        if (copy === 0) await new Promise(() => {});
        return [];
      };
      return handle;
    });
    put(2);
    await time.runUntil(360_000);
    expect(receives).toEqual([1, 1]);
    await time.runUntil(361_000);
    expect(receives).toEqual([1, 1, 2, 2]);
    expect(queue.size).toBe(0);
    expect(copies).toBe(2);
  });

  it('receives the messages that a function gives back again', async () => {
    const { time, put, queue, lane } = create(
      () => async (messages) => messages.filter(({ receiveCount }) => receiveCount < 3).map(({ id }) => id),
    );
    put(1);
    await time.runUntil(2_000_000);
    expect(lane.invocations).toBe(3);
    expect(queue.size).toBe(0);
  });

  it('lets a function delete and postpone messages before its invocation ends', async () => {
    const received: { at: number; body: string }[] = [];
    const { time, put, queue } = create(() => async (messages, receipts) => {
      for (const { id, body, receiveCount } of messages) {
        received.push({ at: time.now, body });
        if (body === '0' || receiveCount > 1) receipts.delete(id);
        else receipts.postpone(id, 20_000);
      }
      await time.sleep(30_000);
      return messages.map(({ id }) => id);
    });
    put(2);
    await time.runUntil(1000);
    expect(queue.size).toBe(1);
    await time.runUntil(1_000_000);
    expect(received).toEqual([
      { at: 310, body: '0' },
      { at: 310, body: '1' },
      { at: 20_620, body: '1' },
    ]);
    expect(queue.size).toBe(0);
  });

  it('lets a share of the invocations die before their messages are deleted', async () => {
    const { time, put, queue } = create(() => async () => [], { dies: 1 });
    put(1);
    await time.runUntil(10_000_000);
    expect(queue.deadLetters).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { BatchedTime } from './batched-time.ts';
import { FairQueue } from './fair-queue.ts';

const message = (groupId: string, body: string, delaySeconds = 0) => ({ groupId, body, delaySeconds });
const bodies = (queue: FairQueue, most: number) => queue.receive(most).map(({ body }) => body);

function create(maxReceives = 2) {
  const time = new BatchedTime(0);
  return { time, queue: new FairQueue('q', time, maxReceives) };
}

describe('the simulated fair queue', () => {
  it('receives from the group with the fewest messages in flight, the oldest message first', () => {
    const { queue } = create();
    for (const body of ['a1', 'a2', 'a3']) queue.put(message('a', body));
    for (const body of ['b1', 'b2']) queue.put(message('b', body));
    expect(bodies(queue, 2)).toEqual(['a1', 'b1']);
    expect(bodies(queue, 9)).toEqual(['a2', 'b2', 'a3']);
    expect(bodies(queue, 9)).toEqual([]);
  });

  it('counts a message as in flight until it is deleted', () => {
    const { queue } = create();
    for (const body of ['a1', 'a2', 'a3']) queue.put(message('a', body));
    const [first, second] = queue.receive(2);
    queue.put(message('b', 'b1'));
    expect(bodies(queue, 1)).toEqual(['b1']);
    queue.put(message('b', 'b2'));
    for (const received of [first, second]) queue.delete(received?.id ?? '');
    expect(bodies(queue, 1)).toEqual(['a3']);
  });

  it('shows a message after its delay, and again after a release, until it is a dead letter', async () => {
    const { queue, time } = create();
    queue.put(message('a', 'a1', 5));
    expect(bodies(queue, 1)).toEqual([]);
    await time.runUntil(5000);
    const [received] = queue.receive(1);
    queue.release(received?.id ?? '', 9000);
    expect(bodies(queue, 1)).toEqual([]);
    await time.runUntil(9000);
    expect(queue.receive(1)).toMatchObject([{ body: 'a1', receiveCount: 2 }]);
    queue.release(received?.id ?? '', 9001);
    await time.runUntil(9001);
    expect(bodies(queue, 1)).toEqual([]);
    expect(queue.deadLetters).toMatchObject([{ body: 'a1' }]);
    expect(queue.size).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a function that dies in the middle of a batch', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());

  const N = 200;
  const publishAll = (type: string) =>
    Promise.all(
      Array.from({ length: N }, (_, n) =>
        stack().send(JSON.stringify({ project: 'demo', type, id: `${type}-${n}`, data: { n } })),
      ),
    );
  const arrivedAt = (path: string) =>
    new Set(
      receiver.requests
        .filter((request) => request.path === path)
        .map(({ headers }) => headers['webhook-id']),
    );

  it.each(['deliver', 'fan-out'])('loses nothing: %s', async (name) => {
    const path = `/${name}`;
    await stack().subscribe({ url: receiver.url(path), events: [name] });
    await publishAll(name);
    let killed = 0;
    for (const count of [10, 60, 120]) {
      await receiver.waitFor(count, (request) => request.path === path);
      killed += await stack().functions.terminate(name);
    }
    expect(killed).toBeGreaterThan(0);
    await receiver.waitFor(N, (request) => request.path === path && arrivedAt(path).size === N);
    expect(arrivedAt(path).size).toBe(N);
    await stack().idle('events', 'deliveries', 'retries');
  });
});

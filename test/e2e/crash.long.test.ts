import { describe, expect, it } from 'vitest';
import { to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('a function that dies while it handles records', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();

  const N = 200;
  const publishAll = (type: string) =>
    Promise.all(
      Array.from({ length: N }, (_, n) => stack().sendEvent({ type, id: `${type}-${n}`, data: { n } })),
    );
  const arrivedAt = (path: string) =>
    new Set(receiver.requests.filter(to(path)).map(({ headers }) => headers['webhook-id']));

  it.each(['deliver', 'fan-out'])('loses no event: %s', async (name) => {
    const path = `/${name}`;
    await stack().subscribe({ url: receiver.url(path), events: [name] });
    await publishAll(name);
    let killed = 0;
    for (const count of [10, 60, 120]) {
      await receiver.waitFor(count, to(path));
      killed += await stack().functions.terminate(name);
    }
    expect(killed).toBeGreaterThan(0);
    await receiver.waitFor(N, (request) => request.path === path && arrivedAt(path).size === N);
    expect(arrivedAt(path).size).toBe(N);
    await stack().idle('events', 'internal', 'deliveries', 'retries');
  });
});

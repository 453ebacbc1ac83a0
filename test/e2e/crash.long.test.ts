import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

/** A message that was received with three workers that died rests for up to two minutes, and again if others are as suspicious. */
const REST_MS = 300_000;

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

  it.each(['deliver', 'fan-out'])(
    'loses no event: %s',
    async (name) => {
      const path = `/${name}`;
      await stack().subscribe({ url: receiver.url(path), events: [name] });
      await publishAll(name);
      let killed = 0;
      for (const count of [10, 60, 120]) {
        await receiver.waitFor(count, to(path), REST_MS);
        killed += await stack().functions.terminate(name);
      }
      expect(killed).toBeGreaterThan(0);
      await eventually('each event has arrived', () => expect(arrivedAt(path).size).toBe(N), REST_MS);
      for (const queue of ['events', 'internal', 'deliveries', 'retries'] as const)
        await stack().holds(queue, 0, REST_MS);
    },
    1_000_000,
  );
});

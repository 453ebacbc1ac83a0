import { describe, expect, it } from 'vitest';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver, verify } from '../support/receiver.ts';
import { subscriptionRecord } from '../support/records.ts';
import { useOwnStack } from '../support/stack.ts';
import { waitingOf } from '../support/waiting.ts';

/** On a busy machine attempts may time out, and are retried minutes later. */
const LIMIT_MS = 700_000;

describe('a stack under load', { timeout: 2 * LIMIT_MS }, () => {
  const stack = useOwnStack();
  const receiver = useReceiver();

  /** Waits until every message is processed. */
  const processed = async () => {
    for (const queue of ['events', 'deliveries', 'retries'] as const) await stack().holds(queue, 0, LIMIT_MS);
  };
  const publishAll = async (count: number) => {
    const events = Array.from({ length: count }, (_, n) => ({
      project: 'demo',
      type: 'many',
      id: `many-${n}`,
      data: { n },
    }));
    for (let from = 0; from < count; from += 50) {
      await Promise.all(events.slice(from, from + 50).map((event) => stack().send(JSON.stringify(event))));
    }
  };

  it('delivers 1,000 events to 5 subscriptions, each signed, none missing, and none again for the same ids', async () => {
    const secrets = new Map<string, string>();
    const ids: string[] = [];
    // At once, because a signature is valid for five minutes.
    const unsigned: unknown[] = [];
    receiver.respond((request, response) => {
      try {
        verify(secrets.get(request.path) ?? '', request);
      } catch (error) {
        unsigned.push(error);
      }
      response.writeHead(200).end();
    });
    for (const path of ['/a', '/b', '/c', '/d', '/e']) {
      const { id, secret } = await stack().subscribe({ url: receiver.url(path), events: ['many'] });
      ids.push(id);
      secrets.set(path, secret);
    }
    await publishAll(1000);
    // An attempt that timed out comes twice.
    const arrived = () =>
      new Set(receiver.requests.map(({ path, headers }) => `${path} ${headers['webhook-id']}`));
    await eventually(
      'every event has arrived at each hook',
      () => expect(arrived().size).toBe(5000),
      LIMIT_MS,
    );
    await processed();
    // An attempt that timed out is made again, later than its event has arrived.
    await eventually(
      'nothing waits any more',
      async () => {
        for (const id of ids) expect(await waitingOf(stack().table, id)).toEqual([]);
      },
      LIMIT_MS,
    );
    expect(unsigned).toEqual([]);
    expect(arrived().size).toBe(5000);

    const before = receiver.requests.length;
    await publishAll(1000);
    await processed();
    expect(receiver.requests).toHaveLength(before);
  });

  it('delivers one event to 2,000 subscriptions, in several steps', async () => {
    const store = subscriptionStore(stack().table);
    const made = Array.from({ length: 2000 }, (_, index) =>
      subscriptionRecord({
        project: 'demo',
        url: receiver.url(`/wide/${index}`),
        events: index % 2 === 0 ? ['wide.one'] : ['wide.*'],
      }),
    );
    for (let from = 0; from < made.length; from += 50) {
      await Promise.all(made.slice(from, from + 50).map((subscription) => store.create(subscription)));
    }
    await stack().publish({ type: 'wide.one', data: {} });
    // An attempt that timed out comes twice.
    const reached = () =>
      new Set(receiver.requests.map(({ path }) => path).filter((path) => path.startsWith('/wide/')));
    await eventually('every subscription is reached', () => expect(reached().size).toBe(2000), LIMIT_MS);
    await processed();
    expect(reached()).toEqual(new Set(made.map((_, index) => `/wide/${index}`)));
  });
});

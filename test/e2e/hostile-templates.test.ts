import { describe, expect, it } from 'vitest';
import { HOSTILE_TEMPLATES, LARGE_DATA } from '../support/hostile-templates.ts';
import { to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('subscriptions whose templates would never end', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('fail alone, each with its failure in its request log, while every other delivery of the event arrives', async () => {
    const url = receiver.url('/hostile');
    // They alternate, so that both kinds are in every batch of records.
    const made = await Promise.all(
      HOSTILE_TEMPLATES.map(async ([, template], n) => {
        const path = `/well/${n}`;
        const settings = { url, events: ['flood'], format: 'template', template, retry: 'none' };
        const hostile = await stack().subscribe(settings);
        const well = await stack().subscribe({ url: receiver.url(path), events: ['flood'] });
        return { id: hostile.id, path, secret: well.secret };
      }),
    );
    const answer = await stack().call('POST', 'events', `{"type":"flood","data":${SMALL}}`);
    expect(answer.status).toBe(202);

    const arrived = await receiver.waitFor(made.length, ({ path }) => path.startsWith('/well/'));
    for (const { path, secret } of made) {
      const [request, ...more] = arrived.filter(to(path));
      if (request === undefined) throw new Error(`nothing came to ${path}`);
      verify(secret, request);
      expect(more).toEqual([]);
    }
    for (const [n, { id }] of made.entries()) {
      const [attempt] = await stack().attempts(id, 1);
      expect(attempt, HOSTILE_TEMPLATES[n]?.[0]).toMatchObject({ error: 'render', response: null });
    }
    // A pump that is called again may wait for minutes, and has nothing to send.
    await stack().idle('deliveries', 'deliveries-dead-letter', 'pumps-dead-letter');
    expect(receiver.requests.filter(to('/hostile'))).toEqual([]);
  });
});

/** What fits into an event: some kilobytes of each kind. */
const { s, list, objects } = JSON.parse(LARGE_DATA);
const SMALL = JSON.stringify({
  s: s.slice(0, 100_000),
  list: list.slice(0, 5000),
  objects: objects.slice(0, 1000),
});

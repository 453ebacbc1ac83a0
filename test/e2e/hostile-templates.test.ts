import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_TEMPLATES, LARGE_DATA } from '../support/hostile-templates.ts';
import { type Receiver, startReceiver, verify } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

describe('subscriptions whose templates would never end', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());

  const attemptsOf = async (id: string) =>
    (await stack().call('GET', `/v1/projects/demo/subscriptions/${id}/attempts`)).body.data;

  it('fail alone: every other delivery of the same event arrives, and each failure is in its request log', async () => {
    const url = receiver.url('/hostile');
    // One of each kind between every two: they share batches.
    const made = await Promise.all(
      HOSTILE_TEMPLATES.map(async ([, template], n) => {
        const path = `/well/${n}`;
        const settings = { url, events: ['flood'], format: 'template', template, retry: 'none' };
        const hostile = await stack().subscribe(settings);
        const well = await stack().subscribe({ url: receiver.url(path), events: ['flood'] });
        return { id: hostile.id, path, secret: well.secret };
      }),
    );
    const answer = await stack().call('POST', '/v1/projects/demo/events', `{"type":"flood","data":${SMALL}}`);
    expect(answer.status).toBe(202);

    const arrived = await receiver.waitFor(made.length, ({ path }) => path.startsWith('/well/'));
    for (const { path, secret } of made) {
      const [request, ...more] = arrived.filter((request) => request.path === path);
      if (request === undefined) throw new Error(`nothing came to ${path}`);
      verify(secret, request);
      expect(more).toEqual([]);
    }
    await eventually(async () => {
      const lengths = await Promise.all(made.map(async ({ id }) => (await attemptsOf(id)).length));
      return lengths.every((length) => length === 1);
    });
    for (const [n, { id }] of made.entries()) {
      const [attempt] = await attemptsOf(id);
      expect(attempt, HOSTILE_TEMPLATES[n]?.[0]).toMatchObject({ error: 'render', response: null });
    }
    await stack().idle('deliveries', 'deliveries-dead-letter');
    expect(receiver.requests.filter(({ path }) => path === '/hostile')).toEqual([]);
  });
});

/** What fits into an event: some kilobytes of each kind. */
const { s, list, objects } = JSON.parse(LARGE_DATA);
const SMALL = JSON.stringify({
  s: s.slice(0, 100_000),
  list: list.slice(0, 5000),
  objects: objects.slice(0, 1000),
});

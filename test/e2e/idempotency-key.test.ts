import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { stored } from '../support/stored.ts';

/** Ids of projects must not have been used before on the same stack. */
const RUN = crypto.randomUUID().slice(0, 8);

describe('an Idempotency-Key', () => {
  const stack = useStack();
  const post = (path: string, body: unknown, key: string, bearer?: string) =>
    stack().call('POST', path, body, {
      headers: { 'idempotency-key': key },
      ...(bearer !== undefined && { bearer }),
    });
  const subscription = { url: 'http://127.0.0.1:9/', events: ['a'] };
  const count = async (path: string) => (await stack().call('GET', `${path}?limit=100`)).body.data.length;

  it.each([
    ['subscription', 'subscriptions', subscription, { ...subscription, name: 'other' }],
    ['key', 'keys', { name: 'k', scopes: ['read'] }, { name: 'k', scopes: ['publish'] }],
    ['project', '/v1/projects', { id: `once-${RUN}` }, { id: `twice-${RUN}` }],
  ])('creates one %s, and repeats the response with its secret', async (kind, path, body, otherBody) => {
    const before = await count(path);
    const first = await post(path, body, `one ${kind}`);
    const again = await post(path, JSON.stringify(body, null, 2), `one ${kind}`);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    if (kind !== 'project') expect(again.body.secret).toMatch(/^(whsec|ancrage_key)_/);
    const other = await post(path, otherBody, `one ${kind}`);
    expect([other.status, other.body.errors[0].path]).toEqual([422, 'Idempotency-Key']);
    expect(await count(path)).toBe(before + 1);
  });

  it('creates one subscription when it comes twenty times at once', async () => {
    const path = `/v1/projects/${await stack().newProject('busy')}/subscriptions`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(path, subscription, 'busy')));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true);
    expect(await count(path)).toBe(1);
    const { url, events } = subscription;
    expect((await post(path, { events, url }, 'busy')).text).toBe(made[0]?.text);
  });

  it('counts for one project and one route, and only for a request that was valid and allowed', async () => {
    const [first, second] = [await stack().newProject('first'), await stack().newProject('second')];
    const ids = new Set<string>();
    for (const project of [first, second])
      ids.add((await post(`/v1/projects/${project}/subscriptions`, subscription, 'shared')).body.id);
    const key = await post(`/v1/projects/${first}/keys`, { name: 'k', scopes: ['read'] }, 'shared');
    ids.add(key.body.id);
    expect(ids.size).toBe(3);

    const refused = await post('subscriptions', { ...subscription, url: 'x' }, 'put right');
    expect(refused.status).toBe(422);
    expect((await post('subscriptions', subscription, 'put right')).status).toBe(201);

    const reader = key.body.secret;
    const mine = `/v1/projects/${first}/subscriptions`;
    expect((await post(mine, subscription, 'shared', reader)).status).toBe(403);
    expect((await post(mine, subscription, 'shared', '')).status).toBe(401);
    expect((await post(mine, subscription, 'x'.repeat(256))).status).toBe(422);
  });

  it('does not restore a subscription that was deleted since', async () => {
    const path = 'subscriptions';
    const { body } = await post(path, subscription, 'deleted since');
    await stack().call('DELETE', `${path}/${body.id}`);
    expect((await post(path, subscription, 'deleted since')).body).toEqual(body);
    expect((await stack().call('GET', `${path}/${body.id}`)).status).toBe(404);
  });

  it('leaves neither the secret of the created key nor itself in the table', async () => {
    const { body } = await post('keys', { name: 'k', scopes: ['read'] }, 'a telling key');
    const texts = Object.values(await stored(stack())).map((item) =>
      JSON.stringify(item, (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      ),
    );
    expect(texts.some((text) => text.includes('CREATION#'))).toBe(true);
    for (const text of texts) {
      expect(text).not.toContain(body.secret);
      expect(text).not.toContain('a telling key');
    }
  });
});

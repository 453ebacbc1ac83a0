import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';

describe('an Idempotency-Key', () => {
  const stack = useStack();
  const demo = '/v1/projects/demo';
  const post = (path: string, body: unknown, key: string, bearer?: string) =>
    stack().call('POST', path, body, {
      headers: { 'idempotency-key': key },
      ...(bearer !== undefined && { bearer }),
    });
  const subscription = { url: 'http://127.0.0.1:9/', events: ['a'] };
  const count = async (path: string) => (await stack().call('GET', `${path}?limit=100`)).body.data.length;

  it.each([
    ['subscription', `${demo}/subscriptions`, subscription, { ...subscription, name: 'other' }],
    ['key', `${demo}/keys`, { name: 'k', scopes: ['read'] }, { name: 'k', scopes: ['publish'] }],
    ['project', '/v1/projects', { id: 'once' }, { id: 'twice' }],
  ])('makes one %s, which is answered again with its secret', async (kind, path, body, otherBody) => {
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

  it('that comes twenty times at once makes one subscription', async () => {
    await stack().call('POST', '/v1/projects', { id: 'busy' });
    const path = '/v1/projects/busy/subscriptions';
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(path, subscription, 'busy')));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true);
    expect(await count(path)).toBe(1);
    const { url, events } = subscription;
    expect((await post(path, { events, url }, 'busy')).text).toBe(made[0]?.text);
  });

  it('holds for one project and one route, and for what was valid and allowed', async () => {
    await stack().call('POST', '/v1/projects', { id: 'first' });
    await stack().call('POST', '/v1/projects', { id: 'second' });
    const ids = new Set<string>();
    for (const project of ['first', 'second'])
      ids.add((await post(`/v1/projects/${project}/subscriptions`, subscription, 'shared')).body.id);
    const key = await post('/v1/projects/first/keys', { name: 'k', scopes: ['read'] }, 'shared');
    ids.add(key.body.id);
    expect(ids.size).toBe(3);

    const refused = await post(`${demo}/subscriptions`, { ...subscription, url: 'x' }, 'put right');
    expect(refused.status).toBe(422);
    expect((await post(`${demo}/subscriptions`, subscription, 'put right')).status).toBe(201);

    const reader = key.body.secret;
    const mine = '/v1/projects/first/subscriptions';
    expect((await post(mine, subscription, 'shared', reader)).status).toBe(403);
    expect((await post(mine, subscription, 'shared', '')).status).toBe(401);
    expect((await post(mine, subscription, 'x'.repeat(256))).status).toBe(422);
  });

  it('does not bring back what was deleted since', async () => {
    const path = `${demo}/subscriptions`;
    const { body } = await post(path, subscription, 'deleted since');
    await stack().call('DELETE', `${path}/${body.id}`);
    expect((await post(path, subscription, 'deleted since')).body).toEqual(body);
    expect((await stack().call('GET', `${path}/${body.id}`)).status).toBe(404);
  });

  it('leaves in the table nothing of the key that was made, nor of itself', async () => {
    const { body } = await post(`${demo}/keys`, { name: 'k', scopes: ['read'] }, 'a telling key');
    const { client, tableName } = stack().table;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    const texts = Items.map((item) =>
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

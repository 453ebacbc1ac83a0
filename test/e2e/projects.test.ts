import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a project', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());

  const create = async (id: string) => {
    await stack().call('POST', '/v1/projects', { id, name: 'Before', retentionDays: 30 });
    return `/v1/projects/${id}`;
  };
  const keyOf = async (path: string, ...scopes: string[]) =>
    (await stack().call('POST', `${path}/keys`, { name: 'k', scopes })).body.secret as string;

  it('is changed at the top level, and listed as it is', async () => {
    const path = await create('changed');
    const patch = { name: 'After', exportKey: 'e', retentionDays: 60 };
    const { status, body } = await stack().call('PATCH', path, patch);
    expect(status).toBe(200);
    expect(body).toEqual({ id: 'changed', ...patch, companyId: null, createdAt: expect.any(String) });
    expect((await stack().call('GET', path)).body).toEqual(body);
    expect((await stack().call('GET', '/v1/projects')).body.data).toContainEqual(body);
    expect((await stack().call('PATCH', path, { name: null })).body).toEqual({ ...body, name: null });
    expect((await stack().call('PATCH', path, {})).body).toEqual({ ...body, name: null });
  });

  it('is not changed by what is not allowed, nor by who is not', async () => {
    const path = await create('kept');
    const faults = await stack().call('PATCH', path, {
      id: 'x',
      name: 1,
      retentionDays: 1,
      createdAt: 'now',
    });
    expect(faults.status).toBe(422);
    expect(faults.body.errors.map((fault: { path: string }) => fault.path)).toEqual([
      'name',
      'retentionDays',
      '',
    ]);
    expect((await stack().call('PATCH', path, '[]')).status).toBe(422);
    expect((await stack().call('PATCH', '/v1/projects/nowhere', {})).status).toBe(404);
    const bearer = await keyOf(path, 'manage', 'publish', 'read');
    expect((await stack().call('PATCH', path, {}, { bearer })).status).toBe(403);
    expect((await stack().call('DELETE', path, undefined, { bearer })).status).toBe(403);
    expect((await stack().call('DELETE', '/v1/projects/demo', undefined, { bearer })).status).toBe(404);
    expect((await stack().call('GET', path)).body).toMatchObject({ name: 'Before' });
    const days = Array.from({ length: 10 }, () => 86_400);
    await stack().subscribe({ url: receiver.url(), events: ['a'], retry: days }, 'kept');
    const shorter = await stack().call('PATCH', path, { retentionDays: 7 });
    expect([shorter.status, shorter.body.errors[0].path]).toEqual([422, 'retentionDays']);
  });

  it('is deleted with all that it has, as often as one likes, and what is published to it is set aside', async () => {
    const path = await create('gone');
    // Looked up for the first time after the deletion: a function may remember a project and a key for a minute.
    const bearer = await keyOf(path, 'manage', 'publish', 'read');
    for (let n = 0; n < 45; n++)
      await stack().subscribe({ url: receiver.url('/gone'), events: ['*', 'a'] }, 'gone');
    for (let n = 0; n < 3; n++) expect((await stack().call('DELETE', path)).status).toBe(204);

    expect((await stack().call('GET', path)).status).toBe(404);
    expect((await stack().call('GET', `${path}/subscriptions`)).status).toBe(404);
    expect(
      (await stack().call('GET', '/v1/projects')).body.data.map(({ id }: { id: string }) => id),
    ).not.toContain('gone');
    expect((await stack().call('GET', `${path}/subscriptions`, undefined, { bearer })).status).toBe(401);
    expect((await stack().call('POST', `${path}/keys`, { name: 'k', scopes: ['read'] })).status).toBe(404);
    expect((await stack().call('PUT', `${path}/event-types/a`, {})).status).toBe(404);
    expect((await stack().publish({ type: 'a', data: {} }, 'gone')).status).toBe(404);
    await stack().send('{"project":"gone","type":"a","data":{}}');
    const [message] = await stack().receive('events-dead-letter');
    expect(message?.MessageAttributes?.reason?.StringValue).toBe('There is no project "gone".');
    expect(receiver.requests).toEqual([]);
    expect((await stack().call('POST', '/v1/projects', { id: 'gone' })).status).toBe(409);
  });

  it('that never was is deleted, too, however it is called', async () => {
    for (const id of ['never', 'x'.repeat(3000), 'a%20b', '%23'])
      expect((await stack().call('DELETE', `/v1/projects/${id}`)).status).toBe(204);
  });

  it('may be deleted with a key of its own', async () => {
    const path = await create('own');
    const bearer = await keyOf(path, 'admin');
    expect((await stack().call('DELETE', path, undefined, { bearer })).status).toBe(204);
    expect((await stack().call('GET', path)).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a project', () => {
  const stack = useStack();
  const receiver = useReceiver();

  const create = async (name: string) => {
    const id = await stack().newProject(name, { name: 'Before', retentionDays: 30 });
    return { id, path: `/v1/projects/${id}` };
  };
  const keyOf = async (project: string, ...scopes: string[]) =>
    (await stack().newKey(scopes, project)).secret;

  it('is merged with a patch at the top level, and listed with the change', async () => {
    const { id, path } = await create('changed');
    const patch = { name: 'After', exportKey: 'e', retentionDays: 60 };
    const { status, body } = await stack().call('PATCH', path, patch);
    expect(status).toBe(200);
    expect(body).toEqual({ id, ...patch, companyId: null, frappeVersion: 16, createdAt: expect.any(String) });
    expect((await stack().call('GET', path)).body).toEqual(body);
    expect((await stack().call('GET', '/v1/projects')).body.data).toContainEqual(body);
    expect((await stack().call('PATCH', path, { name: null })).body).toEqual({ ...body, name: null });
    expect((await stack().call('PATCH', path, {})).body).toEqual({ ...body, name: null });
  });

  it('has the address of a Frappe site until it is taken away', async () => {
    const { path } = await create('site');
    const before = (await stack().call('GET', path)).body;
    const given = await stack().call('PATCH', path, { siteUrl: 'HTTPS://erp.example.com/' });
    expect(given.body).toEqual({ ...before, siteUrl: 'https://erp.example.com' });
    expect((await stack().call('PATCH', path, { name: 'x' })).body).toMatchObject({
      siteUrl: 'https://erp.example.com',
    });
    for (const siteUrl of [
      'erp.example.com',
      'https://erp.example.com/app',
      'https://u@erp.example.com',
      'ftp://x',
    ]) {
      const refused = await stack().call('PATCH', path, { siteUrl });
      expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'siteUrl']);
    }
    expect((await stack().call('PATCH', path, { siteUrl: null, name: 'Before' })).body).toEqual(before);
  });

  it('is not changed by an invalid patch, nor by a key without the scope', async () => {
    const { id, path } = await create('kept');
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
    const bearer = await keyOf(id, 'manage', 'publish', 'read');
    expect((await stack().call('PATCH', path, {}, { bearer })).status).toBe(403);
    expect((await stack().call('DELETE', path, undefined, { bearer })).status).toBe(403);
    expect((await stack().call('DELETE', '', undefined, { bearer })).status).toBe(404);
    expect((await stack().call('GET', path)).body).toMatchObject({ name: 'Before' });
    const days = Array.from({ length: 10 }, () => 86_400);
    await stack().subscribe({ url: receiver.url(), events: ['a'], retry: days }, id);
    const shorter = await stack().call('PATCH', path, { retentionDays: 7 });
    expect([shorter.status, shorter.body.errors[0].path]).toEqual([422, 'retentionDays']);
  });

  it('is deleted with everything in it, any number of times, and its events are dead-lettered', async () => {
    const { id, path } = await create('gone');
    // Looked up for the first time after the deletion: a function caches a project and a key for a minute.
    const bearer = await keyOf(id, 'manage', 'publish', 'read');
    for (let n = 0; n < 45; n++)
      await stack().subscribe({ url: receiver.url('/gone'), events: ['*', 'a'] }, id);
    for (let n = 0; n < 3; n++) expect((await stack().call('DELETE', path)).status).toBe(204);

    expect((await stack().call('GET', path)).status).toBe(404);
    expect((await stack().call('GET', `${path}/subscriptions`)).status).toBe(404);
    const { data } = await stack().get('/v1/projects');
    expect(data.map((project: { id: string }) => project.id)).not.toContain(id);
    expect((await stack().call('GET', `${path}/subscriptions`, undefined, { bearer })).status).toBe(401);
    expect((await stack().call('POST', `${path}/keys`, { name: 'k', scopes: ['read'] })).status).toBe(404);
    expect((await stack().call('PUT', `${path}/event-types/a`, {})).status).toBe(404);
    expect((await stack().publish({ type: 'a', data: {} }, id)).status).toBe(404);
    await stack().sendEvent({ project: id, type: 'a', data: {} });
    const [message] = await stack().receive('events-dead-letter');
    expect(message?.MessageAttributes?.reason?.StringValue).toBe(`There is no project "${id}".`);
    expect(receiver.requests).toEqual([]);
    expect((await stack().call('POST', '/v1/projects', { id })).status).toBe(409);
  });

  it('is deleted even if it never existed, whatever its id', async () => {
    for (const id of ['never', 'x'.repeat(3000), 'a%20b', '%23'])
      expect((await stack().call('DELETE', `/v1/projects/${id}`)).status).toBe(204);
  });

  it('may be deleted with a key of its own', async () => {
    const { id, path } = await create('own');
    const bearer = await keyOf(id, 'admin');
    expect((await stack().call('DELETE', path, undefined, { bearer })).status).toBe(204);
    expect((await stack().call('GET', path)).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { hashBearer } from '../../core/model/api-key.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const URL = 'https://example.com/hook';

describe('a key that was revoked a moment ago', () => {
  const stack = useStack();

  /** Return the secret of a key that was used and then deleted, so that the authorizer still knows it. */
  const revokedKey = async (scope: 'manage' | 'admin', project = stack().project) => {
    const { id, secret } = await stack().newKey([scope], project);
    expect((await stack().call('GET', '/v1/key', undefined, { bearer: secret })).status).toBe(200);
    await stack().done('DELETE', `/v1/projects/${project}/keys/${id}`);
    return secret;
  };
  const withKey = (bearer: string) => async (method: string, path: string, body?: unknown) =>
    (await stack().call(method, path, body, { bearer })).status;

  it('creates no successor, reads no secret, and neither creates a subscription nor points one elsewhere', async () => {
    const { id } = await stack().subscribe({ url: URL, events: ['a'] });
    const call = withKey(await revokedKey('manage'));
    expect(await call('POST', 'keys', { name: 'successor', scopes: ['manage'] })).toBe(401);
    expect(await call('GET', `subscriptions/${id}/secret`)).toBe(401);
    expect(await call('POST', `subscriptions/${id}/rotate-secret`)).toBe(401);
    expect(await call('POST', 'subscriptions', { url: URL, events: ['a'] })).toBe(401);
    expect(await call('PATCH', `subscriptions/${id}`, { url: 'https://thief.example/' })).toBe(401);
    expect(await call('POST', `subscriptions/${id}/preview`, {})).toBe(401);
    expect(await call('POST', `subscriptions/${id}/test`, {})).toBe(401);
    expect(await call('POST', `subscriptions/${id}/resume`)).toBe(401);
    expect(await call('PUT', 'event-types/a', { description: 'x' })).toBe(401);
    expect(await call('DELETE', `subscriptions/${id}`)).toBe(401);
    expect(await call('GET', 'keys')).toBe(401);
    expect((await stack().get(`subscriptions/${id}`)).url).toBe(URL);
  });

  it('creates nothing through the REST hooks and Frappe’s API either', async () => {
    const bearer = await revokedKey('manage');
    const path = `/v1/EntryPoints/${stack().project}/process/?c=EPT_WebhookSubscribe`;
    expect(await withKey(bearer)('POST', path, { event: 'NewDeal', hookUrl: URL })).toBe(401);
    const webhook = { webhook_doctype: 'a', webhook_docevent: 'on_update', request_url: URL };
    expect(await withKey(bearer)('POST', '/api/resource/Webhook', webhook)).toBe(401);
  });

  it('changes and deletes no project, whichever it is', async () => {
    const another = await stack().newProject('another');
    const call = withKey(await revokedKey('admin'));
    expect(await call('PATCH', `/v1/projects/${another}`, { name: 'mine' })).toBe(401);
    expect(await call('DELETE', `/v1/projects/${another}`)).toBe(401);
    expect(await call('POST', '/v1/projects', { id: `${another}-2` })).toBe(401);
    expect(await call('GET', '/v1/projects')).toBe(401);
    expect((await stack().get(`/v1/projects/${another}`)).name).toBeNull();
  });
});

describe('a key of a project that was deleted a moment ago', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('finds no project, and nothing that it still publishes is stored or delivered', async () => {
    const project = await stack().newProject('gone');
    const { secret: bearer } = await stack().newKey(['manage', 'publish', 'admin'], project);
    await stack().subscribe({ url: receiver.url(), events: ['a'] }, project);
    const publish = (id: string) =>
      stack().call('POST', `/v1/projects/${project}/events`, { id, type: 'a', data: {} }, { bearer });
    expect((await publish('before')).status).toBe(202);
    await receiver.waitFor(1);

    await stack().done('DELETE', `/v1/projects/${project}`);
    const create = (what: string, body: object) =>
      stack().call('POST', `/v1/projects/${project}/${what}`, body, { bearer });
    expect((await create('keys', { name: 'successor', scopes: ['manage'] })).status).toBe(404);
    expect((await create('subscriptions', { url: URL, events: ['a'] })).status).toBe(404);
    // The function that publishes may know the project for a minute. What it accepts goes no further.
    expect((await publish('after')).status).toBe(202);
    await stack().settled();
    expect(await getItem(stack().table, KEY.event(project, 'before'))).toBeDefined();
    expect(await getItem(stack().table, KEY.event(project, 'after'))).toBeUndefined();
    expect(receiver.requests).toHaveLength(1);
  });

  it('is told that the project is gone even if the deletion has left the key', async () => {
    const project = await stack().newProject('left');
    const { secret: bearer } = await stack().newKey(['manage', 'publish', 'admin'], project);
    const another = await stack().newProject('another');
    const projects = projectStore(stack().table);
    const found = await projects.get(project);
    if (found === null) throw new Error('There is no project.');
    await projects.delete(found, Date.now() + 1e9);
    const call = async (method: string, path: string, body?: unknown) =>
      (await stack().call(method, `/v1/projects/${project}${path}`, body, { bearer })).status;
    expect(await call('GET', '')).toBe(404);
    expect(await call('GET', '/subscriptions')).toBe(404);
    expect(await call('GET', '/events')).toBe(404);
    expect(await call('POST', '/events', { type: 'a', data: {} })).toBe(404);
    expect(await call('DELETE', '/subscriptions/sub_1')).toBe(404);
    expect((await stack().call('DELETE', `/v1/projects/${another}`, undefined, { bearer })).status).toBe(404);
    expect(await projects.get(another)).not.toBeNull();
    // It can only repeat the deletion.
    expect(await call('DELETE', '')).toBe(204);
  });
});

describe('a token', () => {
  const stack = useStack();

  it('is deleted by the request that revokes it, and its key stays', async () => {
    const key = await stack().newKey(['read']);
    const credentials = { projectCode: stack().project, userName: key.id, password: key.secret };
    const { authToken } = (await stack().call('POST', '/v1/Authenticate', credentials, { bearer: null }))
      .body;
    const item = () => getItem(stack().table, KEY.bearer(hashBearer(authToken)));
    expect(await item()).toBeDefined();
    const revoke = (bearer: string) => stack().call('DELETE', '/v1/token', undefined, { bearer });
    expect((await revoke(authToken)).status).toBe(204);
    expect(await item()).toBeUndefined();
    const { status, body } = await revoke(key.secret);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('with a key')]);
    expect((await stack().call('GET', '/v1/key', undefined, { bearer: key.secret })).status).toBe(200);
  });
});

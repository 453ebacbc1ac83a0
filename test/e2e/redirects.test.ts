import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { frappeClient } from '../support/frappe.ts';
import { type Receiver, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a delivery that is redirected', () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();
  const other = useReceiver();

  /** Redirect each path of a list to the next, and the last to the other receiver. */
  const redirect = (from: Receiver, status: number, ...locations: string[]) =>
    from.respond((request, response) => {
      const hop = Number(/\/hop-(\d+)/.exec(request.path)?.[1] ?? 0);
      const location = locations[hop];
      if (location === undefined) response.writeHead(200).end('done');
      else response.writeHead(status, { location }).end();
    });
  const attemptOf = async (id: string) => (await stack().attempts(id, 1))[0];
  const subscribe = async (name: string, given: object) => {
    const { id } = await stack().subscribe({
      url: receiver.url(`/${name}`),
      events: [name],
      headers: { 'x-api-key': 'swordfish-1' },
      retry: 'none',
      ...given,
    });
    await stack().publish({ type: name, data: {} });
    return id as string;
  };

  it.each([302, 303])('is done with %i if the subscription accepts that', async (status) => {
    redirect(receiver, status, other.url('/done'));
    const id = await subscribe(`accepted.${status}`, { redirects: 'accept' });
    expect(await attemptOf(id)).toMatchObject({ outcome: 'success', error: null, response: { status } });
    expect(other.requests).toEqual([]);
  });

  it('is a failure with 301 even then', async () => {
    redirect(receiver, 301, other.url('/done'));
    const id = await subscribe('moved', { redirects: 'accept' });
    expect(await attemptOf(id)).toMatchObject({ outcome: 'failure', error: 'redirect' });
  });

  it('goes on with a GET that has no secrets, and the log shows each hop', async () => {
    redirect(receiver, 302, other.url('/echo?user_content_key=s0me-Secret-Key1'));
    const id = await subscribe('followed', { redirects: 'follow' });
    const location = other.url('/echo?user_content_key=s0me-Secret-Key1');
    expect(await attemptOf(id)).toMatchObject({
      outcome: 'success',
      request: { method: 'POST', url: receiver.url('/followed') },
      redirects: [{ status: 302, method: 'GET', location }],
      response: { status: 200 },
    });
    const [request] = await other.waitFor(1, to('/echo?user_content_key=s0me-Secret-Key1'));
    expect(request).toMatchObject({ method: 'GET', body: '' });
    expect(request?.headers).toHaveProperty('ancrage-hops', '1');
    for (const name of ['x-api-key', 'webhook-signature', 'webhook-id', 'content-type'])
      expect(request?.headers).not.toHaveProperty(name);

    const reader = (await stack().newKey(['read'], stack().project)).secret;
    const { text } = await stack().call('GET', `subscriptions/${id}/attempts`, undefined, { bearer: reader });
    expect(text).toContain(other.url('/echo?***'));
    expect(text).not.toContain('s0me-Secret-Key1');
  });

  it('says why a redirect is not followed', async () => {
    redirect(receiver, 302, 'http://169.254.169.254/latest/meta-data');
    const id = await subscribe('inward', { redirects: 'follow' });
    expect(await attemptOf(id)).toMatchObject({
      outcome: 'failure',
      error: 'redirect',
      detail: 'answered 302, which is not followed: its URL is not a public address (link-local)',
      response: { status: 302 },
    });
  });

  it('follows five redirects for a webhook of Frappe, and the native API can stop that', async () => {
    const url = receiver.url('/frappe');
    await frappe.create({
      name: 'redirected',
      ...{ webhook_doctype: 'Moved', webhook_docevent: 'on_update', request_url: url },
      ...{ request_structure: 'JSON', webhook_json: '{"a": 1}' },
      webhook_headers: [{ key: 'X-Token', value: 'swordfish-2' }],
    });
    redirect(receiver, 307, '/hop-1', '/hop-2', '/hop-3', '/hop-4', other.url('/frappe'));
    const { data } = await stack().get('subscriptions?limit=100');
    const { id, redirects } = data.find((found: { url: string }) => found.url === url);
    expect(redirects).toBe('follow');
    await stack().publish({ type: 'Moved.on_update', data: {} });
    const [request] = await other.waitFor(1, to('/frappe'));
    expect(request).toMatchObject({ method: 'POST', body: '{"a": 1}' });
    expect(JSON.stringify(request?.headers)).not.toContain('swordfish-2');
    expect((await attemptOf(id)).redirects).toHaveLength(5);

    await stack().done('PATCH', `subscriptions/${id}`, { redirects: 'fail', retry: 'none' });
    expect(await stack().done('POST', `subscriptions/${id}/test`, {})).toMatchObject({
      error: 'redirect',
      response: { status: 307 },
    });
  });

  it('is done for a webhook of Frappe whose Apps Script answers with a redirect to what it has done', async () => {
    // Google answers a script's POST with 302, and the script's output for a GET from another host, and only for a GET.
    const output = other.url('/macros/echo?user_content_key=AbC-123&lib=Mx');
    receiver.respond((_, response) => response.writeHead(302, { location: output }).end('Moved Temporarily'));
    other.respond((request, response) =>
      response.writeHead(request.method === 'GET' ? 200 : 405).end('{"rows": 1}'),
    );
    const exec = '/macros/s/AKfycb-1/exec';
    const { name } = await frappe.create({
      name: 'Sheet of tasks',
      ...{ webhook_doctype: 'Sheet', webhook_docevent: 'on_update', request_url: receiver.url(exec) },
      webhook_json: '{"id": "{{ doc.name }}"}',
      ...{ enable_security: 1, webhook_secret: 'super-secret' },
      webhook_headers: [{ key: 'Content-Type', value: 'application/json' }],
    });
    const before = other.requests.length;
    await stack().publish({ type: 'Sheet.on_update', data: { name: 'TASK-0001' } });
    const [got] = (await other.waitFor(before + 1)).slice(before);
    expect(got).toMatchObject({
      method: 'GET',
      path: new URL(output).pathname + new URL(output).search,
      body: '',
    });
    for (const header of ['x-frappe-webhook-signature', 'content-type'])
      expect(got?.headers).not.toHaveProperty(header);

    const rows = await eventually('the request is logged', async () => {
      const found = await frappe.logs(name);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(rows[0]).toMatchObject({ error: '', response: '{"rows": 1}', url: receiver.url(exec) });
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    // The script has worked once: neither the redirect nor the GET was taken for a failure.
    expect(receiver.requests.filter(to(exec))).toMatchObject([
      { method: 'POST', body: '{"id": "TASK-0001"}' },
    ]);
  });
});

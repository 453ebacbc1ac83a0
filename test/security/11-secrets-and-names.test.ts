import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { frappeClient, messagesOf } from '../support/frappe.ts';
import { to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('a secret that is no key', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const STANDARD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  // As the key of a Standard Webhooks signature, the text `whsec_` is empty: everybody could sign with it.
  it('does not sign for the rest of its overlap when the signature changes', async () => {
    const url = receiver.url('/overlap');
    const { id } = await stack().subscribe({
      url,
      events: ['signed'],
      signature: 'frappe',
      secret: 'whsec_',
    });
    const path = `subscriptions/${id}`;
    const rotate = (overlapSeconds: number) =>
      stack().done('POST', `${path}/rotate-secret`, { secret: STANDARD, overlapSeconds });
    await rotate(3600);
    const refused = await stack().call('PATCH', path, { signature: 'standard' });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        {
          path: 'secret',
          message: expect.stringMatching(/^overlaps with a replaced one .*"overlapSeconds": 0$/),
        },
      ],
    ]);

    await rotate(0);
    expect((await stack().call('PATCH', path, { signature: 'standard' })).status).toBe(200);
    await stack().publish({ type: 'signed', data: {} });
    const [request] = await receiver.waitFor(1, to('/overlap'));
    const { headers = {}, body = '' } = request ?? {};
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const forged = createHmac('sha256', '').update(signed).digest('base64');
    expect(headers['webhook-signature']).not.toContain(forged);
    expect(() => request && verify(STANDARD, request)).not.toThrow();
  });
});

describe('the stored response to an Idempotency-Key', () => {
  const stack = useStack();

  it.each([
    ['key', { name: 'k', scopes: ['manage'] }],
    ['subscription', { url: 'http://127.0.0.1:9/', events: ['a'] }],
  ])('that has the secret of a %s is not returned to another API key', async (kind, body) => {
    const { project } = stack();
    const path = kind === 'key' ? 'keys' : 'subscriptions';
    const [owner, other] = [
      await stack().newKey(['manage'], project),
      await stack().newKey(['manage'], project),
    ];
    const post = (bearer: string, sent: unknown = body) =>
      stack().call('POST', path, sent, { bearer, headers: { 'idempotency-key': `guessed ${kind}` } });
    const created = await post(owner.secret);
    expect(created.status).toBe(201);
    for (const sent of [body, { ...body, name: 'another body' }]) {
      const stolen = await post(other.secret, sent);
      expect([stolen.status, stolen.body.detail]).toEqual([
        409,
        'This Idempotency-Key was used with another API key.',
      ]);
      expect(stolen.text).not.toContain(created.body.secret);
    }
    expect((await post(owner.secret)).body).toEqual(created.body);
  });

  it('is returned for a token of the same API key', async () => {
    const { project } = stack();
    const { id, secret } = await stack().newKey(['manage'], project);
    const login = { scope: 'API', projectCode: project, userName: id, password: secret };
    const { authToken } = await stack().done('POST', '/v1/Authenticate', login, { bearer: null });
    const post = (bearer: string) =>
      stack().call(
        'POST',
        'keys',
        { name: 'k', scopes: ['read'] },
        { bearer, headers: { 'idempotency-key': 'own' } },
      );
    const created = await post(secret);
    expect((await post(authToken)).body).toEqual(created.body);
  });
});

describe('a name that no path can hold', () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const webhook = {
    webhook_doctype: 'Task',
    webhook_docevent: 'on_update',
    request_url: 'http://127.0.0.1:9/',
  };

  it.each(['.', '..', ' .. '])('is refused: %j', async (name) => {
    const answer = await frappe.call('POST', 'Webhook', { ...webhook, name });
    expect([answer.status, messagesOf(answer.body)]).toEqual([417, ['Name cannot be "." or ".."']]);
    expect((await stack().call('POST', '/v1/projects', { id: name })).status).toBe(422);
    expect((await stack().publish({ type: name, data: {} })).status).toBe(422);
  });
});

describe('headers whose names differ only in case', () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();
  const hook = { url: 'http://127.0.0.1:9/', events: ['a'] };
  const headers = { 'X-Key': 'a', 'x-key': 'b' };
  const fault = { path: 'headers', message: 'has names that differ only in case' };

  it('are refused when a subscription is created, changed or previewed', async () => {
    const { id } = await stack().subscribe(hook);
    for (const answer of [
      await stack().call('POST', 'subscriptions', { ...hook, headers }),
      await stack().call('PATCH', `subscriptions/${id}`, { headers }),
    ])
      expect([answer.status, answer.body.errors]).toEqual([422, [fault]]);
    const preview = await stack().call('POST', 'subscriptions/preview', {
      subscription: { ...hook, headers },
    });
    expect([preview.status, preview.body.errors[0].message]).toEqual([422, fault.message]);
  });

  it('are one header as rows of a Frappe webhook: the last wins, as in Frappe', async () => {
    await frappe.create({
      name: 'same headers',
      webhook_doctype: 'Same Headers',
      webhook_docevent: 'on_update',
      request_url: receiver.url('/same-headers'),
      webhook_headers: [...Object.entries(headers), ['X-KEY', 'last']].map(([key, value]) => ({
        key,
        value,
      })),
    });
    await stack().publish({ type: 'Same Headers.on_update', data: {} });
    const [request] = await receiver.waitFor(1, to('/same-headers'));
    expect(request?.headers['x-key']).toBe('last');
  });
});

describe('a template that strips a large set of characters', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('pays for the set', async () => {
    const { id } = await stack().subscribe({
      url: receiver.url(),
      events: ['large'],
      format: 'template',
      template: '{% for i in range(40) %}{% set x = "x".strip(doc.s) %}{% endfor %}{}',
    });
    await stack().publish({ type: 'large', data: { s: 'a'.repeat(200_000) } });
    const [attempt] = await stack().attempts(id, 1);
    expect(attempt).toMatchObject({ error: 'render', detail: expect.stringContaining('takes more than') });
  });
});

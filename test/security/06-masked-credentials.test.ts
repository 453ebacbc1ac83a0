import { beforeAll, describe, expect, it } from 'vitest';
import { LOGGED_BODY_BYTES } from '../../core/model/attempt.ts';
import { eventually } from '../support/eventually.ts';
import { type Document, frappeClient, messagesOf } from '../support/frappe.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const TYPE = 'Invoice.on_update';
const VALUE = 'tk_+/"live"=9fK2';

describe('the value of a custom header', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const headers = { 'X-Team': VALUE, 'Content-Type': 'text/plain', Accept: 'text/html' };
  const masked = { ...headers, 'X-Team': '***' };
  const rows = [
    { key: 'X-Team', value: VALUE },
    { key: 'Content-Type', value: 'text/plain' },
  ];
  let id = '';
  let path = '';
  let hookId = '';
  let reader = '';

  beforeAll(async () => {
    id = (await stack().subscribe({ url: receiver.url('/native'), events: [TYPE], headers })).id;
    path = `subscriptions/${id}`;
    reader = (await stack().newKey(['read'], stack().project)).secret;
    await frappeClient(stack).create({
      ...{ name: 'hook', webhook_doctype: 'Invoice', webhook_docevent: 'on_update' },
      ...{ request_url: receiver.url('/frappe'), webhook_headers: rows },
    });
    const { data } = await stack().get('subscriptions');
    hookId = data.find((each: { id: string }) => each.id !== id).id;
  });

  /** A test reads the subscription again; workers may know an earlier version for some seconds. */
  const arrivesAt = async (at: string, subscriptionId: string) => {
    const before = receiver.requests.length;
    // One a second is allowed.
    await eventually('the test was sent', async () =>
      expect((await stack().call('POST', `subscriptions/${subscriptionId}/test`, {})).status).toBe(200),
    );
    const { path, headers: arrived } = receiver.requests[before] ?? {};
    expect([path, arrived?.['x-team']]).toEqual([at, VALUE]);
  };

  it('cannot be read: neither from a subscription, nor from a webhook of Frappe, a preview or a test', async () => {
    const draft = { url: receiver.url(), events: [TYPE], headers };
    const asked: [string, string, (object | undefined)?, string?][] = [
      ['GET', path],
      ['GET', path, undefined, reader],
      ['GET', 'subscriptions'],
      ['PATCH', path, { headers }],
      ['POST', 'subscriptions', { ...draft, enabled: false }],
      ['POST', `${path}/preview`, {}],
      ['POST', 'subscriptions/preview', { subscription: draft }],
      ['POST', `${path}/test`, {}],
      ['GET', `${path}/attempts`],
      ['GET', '/api/resource/Webhook/hook'],
      ['PUT', '/api/resource/Webhook/hook', { webhook_headers: rows }],
      ['GET', `/api/resource/Webhook?${new URLSearchParams({ fields: '["*"]' })}`],
    ];
    for (const [method, at, body, bearer] of asked) {
      const { status, text } = await stack().call(method, at, body, bearer === undefined ? {} : { bearer });
      expect([method, at, status < 300]).toEqual([method, at, true]);
      expect(text).not.toContain('tk_');
    }
    expect((await stack().get(path)).headers).toEqual(masked);
    expect((await frappeClient(stack).get('hook')).webhook_headers).toMatchObject([
      { key: 'X-Team', value: '***' },
      { key: 'Content-Type', value: 'text/plain' },
    ]);
  });

  it.each<[string, () => object]>([
    ['another origin', () => ({ url: 'http://127.0.0.1:9/native' })],
    ['another path', () => ({ url: receiver.url('/stolen') })],
    ['another query', () => ({ url: receiver.url('/native?stolen') })],
    ['a template', () => ({ dynamicUrl: true })],
    ['another template', () => ({ url: receiver.url('/{{ data.name }}'), dynamicUrl: true })],
    ['another path, with masks', () => ({ url: receiver.url('/stolen'), headers: masked })],
    [
      'another path, without the header',
      () => ({ url: receiver.url('/stolen'), headers: { accept: 'a/b' } }),
    ],
    ['another path, with a new mask', () => ({ url: receiver.url('/stolen'), headers: { 'x-team': '***' } })],
  ])('is not sent to %s with a PATCH', async (_, patch) => {
    const { status, body } = await stack().call('PATCH', path, patch());
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'headers.X-Team', message: expect.stringContaining('must be given again') }],
    ]);
  });

  it.each<[string, (webhook: Document) => object]>([
    ['another path', () => ({ request_url: receiver.url('/stolen') })],
    ['a template', () => ({ is_dynamic_url: 1 })],
    ['another path, with what was read', (webhook) => ({ ...webhook, request_url: receiver.url('/stolen') })],
    ['another path, without headers', () => ({ request_url: receiver.url('/stolen'), webhook_headers: [] })],
  ])("is not sent to %s with a PUT of Frappe's", async (_, changes) => {
    const webhook = await frappeClient(stack).get('hook');
    const { status, body } = await stack().call('PUT', '/api/resource/Webhook/hook', changes(webhook));
    expect([status, body.exc_type, messagesOf(body)]).toEqual([
      417,
      'ValidationError',
      [expect.stringMatching(/^webhook_headers\.X-Team must be given again/)],
    ]);
  });

  it('stays if its mask is sent back, by the console or by a client of Frappe', async () => {
    await stack().done('PATCH', path, {
      headers: { ...masked, 'x-more': 'a' },
      url: receiver.url('/native'),
    });
    const frappe = frappeClient(stack);
    await frappe.update('hook', { ...(await frappe.get('hook')), timeout: 7 });
    await arrivesAt('/native', id);
    await arrivesAt('/frappe', hookId);
  });

  it('is needed again for another URL, and then sent there', async () => {
    await stack().done('PATCH', path, {
      url: receiver.url('/moved'),
      headers: { 'X-Team': VALUE, 'x-more': 'b' },
    });
    await arrivesAt('/moved', id);
    await frappeClient(stack).update('hook', {
      request_url: receiver.url('/moved-too'),
      webhook_headers: rows,
    });
    await arrivesAt('/moved-too', hookId);
    expect(receiver.requests.filter(({ path }) => path.includes('stolen'))).toEqual([]);
  });

  it('cannot be a mask for which nothing is stored', async () => {
    const body = { url: receiver.url(), events: [TYPE], headers: { 'X-New': '***' } };
    for (const [method, at, given] of [
      ['POST', 'subscriptions', body],
      ['PATCH', path, { headers: { 'X-New': '***' } }],
    ] as const) {
      const refused = await stack().call(method, at, given);
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ path: 'headers.X-New', message: expect.stringContaining('no value is stored') }],
      ]);
    }
    const webhook_headers = [{ key: 'X-New', value: '***' }];
    for (const [method, at] of [
      ['POST', '/api/resource/Webhook'],
      ['PUT', '/api/resource/Webhook/hook'],
    ] as const) {
      const { status, body } = await stack().call(method, at, {
        ...{ webhook_doctype: 'Invoice', request_url: receiver.url('/moved-too'), webhook_headers },
      });
      expect([status, messagesOf(body)]).toEqual([
        417,
        [expect.stringMatching(/^webhook_headers\.X-New .*no value is stored/)],
      ]);
    }
  });
});

describe('the log of a receiver that echoes everything', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const NEW = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
  const SECRETS = [VALUE, OLD, NEW];
  const written = (secret: string) => [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(`a longer text with ${secret}`).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];

  /** Return every way in which a secret may be recognised: eight characters near its end. */
  const traces = (secret: string): string[] => written(secret).map((text) => text.slice(-12, -4));

  it('has none of its secrets, in no spelling, not even where its body was cut', async () => {
    receiver.respond((_request, response) => {
      const body = SECRETS.flatMap(written).slice(0, 20).join('\n').slice(0, 1000);
      const pad = '.'.repeat(Math.max(0, LOGGED_BODY_BYTES - Buffer.byteLength(body) - 12));
      response
        .writeHead(500, {
          'x-echo': VALUE,
          'x-encoded': Buffer.from(OLD).toString('base64'),
          'x-cut': `${'.'.repeat(250)}${VALUE}`,
          'set-cookie': 'session=abcdefgh',
          authorization: 'a-receivers-credential',
          'www-authenticate': 'Bearer realm="theirs"',
          'proxy-authenticate': 'Basic realm="theirs"',
        })
        .end(`${body}${pad}${VALUE}`);
    });
    const { id } = await stack().subscribe({
      ...{
        url: receiver.url('/echo'),
        events: [TYPE],
        headers: { 'X-Team': VALUE },
        secret: OLD,
        retry: 'none',
      },
    });
    await stack().done('POST', `subscriptions/${id}/rotate-secret`, { secret: NEW, overlapSeconds: 3600 });
    await stack().publish({ type: TYPE, data: {} });
    await eventually('the attempt is logged', async () =>
      expect((await stack().get(`subscriptions/${id}/attempts`)).data).toHaveLength(1),
    );
    const [logged] = (await stack().get(`subscriptions/${id}/attempts`)).data;
    const tested = await stack().done('POST', `subscriptions/${id}/test`, {});
    for (const { response } of [logged, tested]) {
      expect(response.status).toBe(500);
      const text = `${response.body}\n${Object.values(response.headers).join('\n')}`;
      for (const trace of SECRETS.flatMap(traces)) expect(text).not.toContain(trace);
      expect(text).not.toMatch(/tk_|abcdefgh|theirs/);
    }
    // The log keeps fewer headers beside a long body.
    expect(tested.response.headers).toMatchObject({
      'x-echo': '***',
      'set-cookie': '***',
      authorization: '***',
      'www-authenticate': '***',
      'proxy-authenticate': '***',
    });
  });
});

describe('the credentials in a URL', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const TOKEN = 'a8Kx02mQz7Lp';
  const QUERY = 'sig=q9Zr41';
  let reader = '';
  let id = '';

  beforeAll(async () => {
    receiver.respond((request, response) => response.writeHead(404).end(`Cannot POST ${request.path}`));
    reader = (await stack().newKey(['read'], stack().project)).secret;
    const url = receiver.url(`/hook/${TOKEN}?${QUERY}`);
    await frappeClient(stack).create({
      ...{ name: 'hook', webhook_doctype: 'Invoice', webhook_docevent: 'on_update', request_url: url },
    });
    [{ id }] = (await stack().get('subscriptions')).data;
    await stack().publish({ type: TYPE, data: { name: 'INV-1' }, id: 'evt_1' });
    await eventually('the attempt is logged', async () =>
      expect((await stack().get(`subscriptions/${id}/attempts`)).data).not.toEqual([]),
    );
  });

  const log = (parameters: Readonly<Record<string, string>> = {}) =>
    `/api/resource/Webhook%20Request%20Log?${new URLSearchParams({ fields: '["*"]', ...parameters })}`;
  const webhooks = (parameters: Readonly<Record<string, string>> = {}) =>
    `/api/resource/Webhook?${new URLSearchParams({ fields: '["*"]', ...parameters })}`;

  it('are shown to keys with manage alone', async () => {
    const paths = [
      `subscriptions/${id}`,
      'subscriptions',
      `subscriptions/${id}/attempts`,
      'events/evt_1/attempts',
      '/api/resource/Webhook/hook',
      webhooks(),
      log(),
    ];
    for (const path of paths) {
      const whole = await stack().call('GET', path);
      expect(whole.text).toContain(TOKEN);
      expect(whole.text).toContain(QUERY);
      const { status, text } = await stack().call('GET', path, undefined, { bearer: reader });
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain('/hook/***');
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain('q9Zr');
    }
  });

  it("cannot be guessed with Frappe's filters", async () => {
    const found = async (path: string, bearer?: string) =>
      (await stack().call('GET', path, undefined, bearer === undefined ? {} : { bearer })).body.data.length;
    for (const [list, column] of [
      [webhooks, 'request_url'],
      [log, 'url'],
    ] as const) {
      const path = list({ filters: JSON.stringify([[column, 'like', `%${TOKEN.slice(0, 4)}%`]]) });
      expect(await found(path)).toBeGreaterThan(0);
      expect(await found(path, reader)).toBe(0);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { operations, pathWith } from '../support/operations.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('bad input', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const events = 'events';
  const subscriptions = 'subscriptions';

  async function expectProblem(
    answer: { status: number; headers: Headers; body: unknown },
    status: number,
  ): Promise<void> {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      status,
      title: expect.any(String),
      detail: expect.any(String),
    });
  }

  const big = { type: 'big', data: { text: 'x'.repeat(1024 * 1024 - 30) } };
  it.each<[string, unknown, number]>([
    ['no JSON', '{"type":', 422],
    ['nothing', '', 422],
    ['a string', '"hello"', 422],
    ['a number', '17', 422],
    ['null', 'null', 422],
    ['an empty array', [], 422],
    ['101 events', Array.from({ length: 101 }, () => ({ type: 'a', data: {} })), 422],
    ['no type', { data: {} }, 422],
    ['a type with an empty segment', { type: 'a..b', data: {} }, 422],
    ['a reserved type', { type: 'ancrage.delivery.exhausted', data: {} }, 422],
    ['a wildcard as type', { type: 'a.*', data: {} }, 422],
    ['no data', { type: 'a' }, 422],
    ['data that is an array', { type: 'a', data: [] }, 422],
    ['an unknown field', { type: 'a', data: {}, colour: 'red' }, 422],
    ['an id that is a number', { type: 'a', data: {}, id: 17 }, 422],
    ['an id with a control character', { type: 'a', data: {}, id: 'a\nb' }, 422],
    ['an empty ordering key', { type: 'a', data: {}, orderingKey: '' }, 422],
    ['an ordering key of 129 characters', { type: 'a', data: {}, orderingKey: 'x'.repeat(129) }, 422],
    ['a time that is none', { type: 'a', data: {}, time: 'now' }, 422],
    ['a __proto__ key', '{"type":"a","data":{"__proto__":{"admin":true}}}', 422],
    ['a name twice', '{"type":"a","data":{"b":1,"b":2}}', 422],
    ['10,000 levels', `{"type":"a","data":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`, 422],
    ['an event above 1 MB', big, 413],
    [
      'more than 1 MB',
      [big, big, big, big, big].map((event) => ({ ...event, data: { text: 'x'.repeat(250_000) } })),
      413,
    ],
  ])('is rejected when it is published: %s', async (_name, body, status) => {
    await expectProblem(await stack().publish(body), status);
  });

  it('is reported with every fault of every published event in one response', async () => {
    const { body } = await stack().publish([{ type: 'a', data: {} }, { type: '', data: 1, x: 1 }, 7]);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['1.type', '1.data', '1', '2']);
  });

  const strict = operations.filter(({ path }) => /^\/v1\/(projects|key)\b/.test(path));
  it.each(strict.map((operation) => [operation.operationId, operation] as const))(
    'is rejected with the names of unknown query parameters: %s',
    async (_, { method, path }) => {
      const ids = { projects: stack().project };
      const target = `${pathWith(path, ids)}?limit=1&colour=red&${encodeURIComponent('état')}=`;
      const answer = await stack().call(method, target, method === 'GET' ? undefined : {});
      await expectProblem(answer, 422);
      const named = answer.body.errors.map((fault: { path: string }) => fault.path);
      expect(named.filter((name: string) => name !== 'limit').sort()).toEqual(['colour', 'état']);
      expect(answer.body.errors.at(-1).message).toMatch(/^is no parameter of this request, which takes /);
    },
  );

  it('does not show strangers which parameters there are', async () => {
    const stranger = await stack().call('GET', 'keys?colour=red', undefined, { bearer: 'nobody' });
    expect(stranger.status).toBe(401);
  });

  it.each([
    [
      'POST',
      '/v1/EntryPoints/PROJECT/process?c=EPT_WebhookPerformList&colour=red',
      '{"event":"NewCustomer"}',
    ],
    ['GET', '/api/resource/Webhook?colour=red', undefined],
  ])('is ignored as an unknown parameter of a dialect: %s %s', async (method, path, body) => {
    const { apiUrl, adminKey, project } = stack().outputs;
    // Not by way of `call`, which holds requests against the document.
    const answer = await fetch(apiUrl + path.replace('PROJECT', project), {
      ...{ method, headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' } },
      ...(body !== undefined && { body }),
    });
    expect(answer.status).toBe(200);
  });

  it('is rejected when it is published with the wrong content type', async () => {
    await expectProblem(
      await stack().call('POST', events, '{}', { headers: { 'content-type': 'text/plain' } }),
      415,
    );
  });

  it.each([
    ['an array of CloudEvents as one', 'application/cloudevents+json', [{}]],
    ['one CloudEvent as an array', 'application/cloudevents-batch+json', {}],
  ])('is rejected when it is published: %s', async (_name, contentType, body) => {
    const answer = await stack().call('POST', events, body, { headers: { 'content-type': contentType } });
    await expectProblem(answer, 422);
    expect(answer.body.detail).toMatch(/needs the content type "application\/cloudevents/);
  });

  it.each<[string, object]>([
    ['no url', { events: ['a'] }],
    ['no events', { url: 'https://example.com' }],
    ['an empty list of events', { url: 'https://example.com', events: [] }],
    [
      '101 events',
      { url: 'https://example.com', events: Array.from({ length: 101 }, (_, index) => `e${index}`) },
    ],
    ['a bad pattern', { url: 'https://example.com', events: ['*.a'] }],
    ['no URL', { url: 'example', events: ['a'] }],
    ['another scheme', { url: 'ftp://example.com', events: ['a'] }],
    ['credentials in the URL', { url: 'https://me:secret@example.com', events: ['a'] }],
    ['a private address', { url: 'https://10.0.0.1/', events: ['a'] }],
    ['the address of instance metadata', { url: 'http://169.254.169.254/latest', events: ['a'] }],
    ['a URL of 10 KB', { url: `https://example.com/${'x'.repeat(10_240)}`, events: ['a'] }],
    ['an unknown field', { url: 'https://example.com', events: ['a'], colour: 'red' }],
    ['an unknown format', { url: 'https://example.com', events: ['a'], format: 'xml' }],
    [
      'a header with a line break',
      { url: 'https://example.com', events: ['a'], headers: { a: 'b\r\nc: d' } },
    ],
    ['a header name with a colon', { url: 'https://example.com', events: ['a'], headers: { 'a:b': 'c' } }],
    ['a header that is ours', { url: 'https://example.com', events: ['a'], headers: { 'Webhook-Id': 'x' } }],
    ['a secret that is too short', { url: 'https://example.com', events: ['a'], secret: 'whsec_AAAA' }],
    ['a timeout of an hour', { url: 'https://example.com', events: ['a'], timeoutSeconds: 3600 }],
    ['an unknown order', { url: 'https://example.com', events: ['a'], ordering: 'fifo' }],
    ['a retry in no time', { url: 'https://example.com', events: ['a'], retry: [0] }],
  ])('is rejected when it subscribes: %s', async (_name, body) => {
    await expectProblem(await stack().call('POST', subscriptions, body), 422);
  });

  it('is never stored', async () => {
    expect((await stack().call('GET', subscriptions)).body).toEqual({ data: [], cursor: null });
    await stack().idle('events', 'internal');
    expect((await stack().call('GET', events)).body).toEqual({ data: [], cursor: null });
  });

  it('is reported with every faulty field of a subscription', async () => {
    const { body } = await stack().call('POST', subscriptions, {
      url: 'x',
      events: [],
      format: 'y',
      timeoutSeconds: 0,
    });
    expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'events',
      'format',
      'timeoutSeconds',
      'url',
    ]);
  });

  it('gets 401 on every route for a malformed or unknown bearer, and for none from the gateway', async () => {
    const routes = [
      ['POST', events],
      ['GET', events],
      ['GET', `${events}/x`],
      ['GET', `${events}/x/attempts`],
      ['POST', subscriptions],
      ['GET', subscriptions],
      ['GET', `${subscriptions}/x`],
      ['PATCH', `${subscriptions}/x`],
      ['DELETE', `${subscriptions}/x`],
      ['GET', `${subscriptions}/x/secret`],
      ['POST', `${subscriptions}/x/rotate-secret`],
      ['GET', `${subscriptions}/x/attempts`],
      ['GET', `${subscriptions}/x/deliveries`],
      ['POST', '/v1/projects'],
      ['GET', '/v1/projects'],
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['GET', 'event-types'],
      ['GET', 'event-types/a'],
      ['PUT', 'event-types/a'],
      ['DELETE', 'event-types/a'],
      ['GET', 'event-types/a/samples'],
      ['GET', 'keys'],
      ['POST', 'keys'],
      ['DELETE', 'keys/x'],
      ['GET', '/v1/nothing'],
    ] as const;
    for (const [method, path] of routes) {
      const body = ['POST', 'PATCH', 'PUT'].includes(method) ? {} : undefined;
      const { status, body: refusal } = await stack().call(method, path, body, { bearer: null });
      expect([status, refusal]).toEqual([401, { message: 'Unauthorized' }]);
      for (const bearer of ['nonsense', 'a b', 'x'.repeat(5000)])
        await expectProblem(await stack().call(method, path, body, { bearer }), 401);
      await expectProblem(
        await stack().call(method, path, body, { bearer: null, headers: { authorization: 'Basic YTpi' } }),
        401,
      );
    }
  });

  it('gets 404 for an unknown project or path', async () => {
    await expectProblem(await stack().publish({ type: 'a', data: {} }, 'nowhere'), 404);
    await expectProblem(
      await stack().call('POST', '/v1/projects/nowhere/subscriptions', {
        url: 'https://example.com',
        events: ['a'],
      }),
      404,
    );
    await expectProblem(await stack().call('GET', '/v1/projects/nowhere'), 404);
    await expectProblem(await stack().call('GET', `${subscriptions}/sub_x`), 404);
    await expectProblem(await stack().call('GET', `${events}/evt_x`), 404);
    await expectProblem(await stack().call('GET', '/v1/nothing'), 404);
    for (const list of ['subscriptions', 'events', 'keys'])
      await expectProblem(await stack().call('GET', `/v1/projects/nowhere/${list}`), 404);
    const long = 'x'.repeat(3000);
    for (const path of [
      `${subscriptions}/${long}`,
      `${events}/${long}`,
      `/v1/projects/${long}`,
      `/v1/projects/${long}/events`,
    ]) {
      await expectProblem(await stack().call('GET', path), 404);
    }
    await expectProblem(await stack().call('DELETE', `keys/${long}`), 404);
    await expectProblem(await stack().call('GET', '/'), 404);
  });

  it('gets 404 with the key of another project, 403 with a missing scope, and no key that allows more than the own', async () => {
    const other = await stack().newProject('other');
    const keyWith = async (...scopes: string[]) => (await stack().newKey(scopes, other)).secret;
    const [manage, publish, read] = [
      await keyWith('manage'),
      await keyWith('publish'),
      await keyWith('read'),
    ];
    const mine = `/v1/projects/${other}`;
    const as = (bearer: string) => ({ bearer });
    const event = { type: 'a', data: {} };

    await expectProblem(await stack().call('GET', subscriptions, undefined, as(manage)), 404);
    await expectProblem(await stack().call('POST', events, event, as(publish)), 404);
    await expectProblem(await stack().call('GET', '', undefined, as(read)), 404);
    await expectProblem(await stack().call('GET', '/v1/projects', undefined, as(manage)), 403);
    await expectProblem(await stack().call('POST', '/v1/projects', { id: 'third' }, as(manage)), 403);
    await expectProblem(await stack().call('POST', `${mine}/events`, event, as(read)), 403);
    await expectProblem(await stack().call('POST', `${mine}/events`, event, as(manage)), 403);
    await expectProblem(await stack().call('GET', `${mine}/subscriptions`, undefined, as(publish)), 403);
    await expectProblem(await stack().call('POST', `${mine}/subscriptions`, {}, as(read)), 403);
    await expectProblem(
      await stack().call('POST', `${mine}/keys`, { name: 'k', scopes: ['admin'] }, as(manage)),
      403,
    );
    expect(
      (await stack().call('POST', `${mine}/keys`, { name: 'k', scopes: ['publish', 'read'] }, as(manage)))
        .status,
    ).toBe(201);
    expect((await stack().call('GET', `${mine}/subscriptions`, undefined, as(read))).status).toBe(200);
    expect((await stack().call('POST', `${mine}/events`, event, as(publish))).status).toBe(202);
    const boss = (await stack().call('POST', `${mine}/keys`, { name: 'boss', scopes: ['admin'] })).body;
    await expectProblem(await stack().call('DELETE', `${mine}/keys/${boss.id}`, undefined, as(manage)), 403);
    expect((await stack().call('GET', '/v1/projects', undefined, as(boss.secret))).status).toBe(200);
    const weavy = (bearer: string) =>
      stack().call(
        'POST',
        `/v1/EntryPoints/${stack().project}/process?c=EPT_WebhookPerformList`,
        { event: 'NewDeal' },
        as(bearer),
      );
    await expectProblem(await weavy(manage), 404);
  });

  it('is rejected as the cursor or limit of a list', async () => {
    for (const list of [subscriptions, events, '/v1/projects', 'keys', 'event-types']) {
      for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor='])
        await expectProblem(await stack().call('GET', `${list}?${query}`), 422);
      for (const cursor of ['!', 'eA', 'U1VCI3N1Yl8wMUo', 'x'.repeat(5000)]) {
        const answer = await stack().call('GET', `${list}?cursor=${cursor}`);
        await expectProblem(answer, 400);
        expect(answer.body.errors).toEqual([{ path: 'cursor', message: 'does not belong to this list' }]);
      }
    }
  });

  it('is rejected as a schedule that outlasts the retention of the project', async () => {
    const brief = `/v1/projects/${await stack().newProject('brief', { retentionDays: 7 })}/subscriptions`;
    const days = (count: number) => ({
      url: 'https://example.com',
      events: ['a'],
      retry: Array.from({ length: count }, () => 86_400),
    });
    await expectProblem(await stack().call('POST', brief, days(7)), 422);
    const { status, body } = await stack().call('POST', brief, days(5));
    expect(status).toBe(201);
    await expectProblem(await stack().call('PATCH', `${brief}/${body.id}`, { retry: days(7).retry }), 422);
  });

  it('is rejected when it creates a project or a key', async () => {
    for (const body of [
      {},
      { id: 'a b' },
      { id: '#' },
      { id: '' },
      { id: 'x', retentionDays: 1 },
      { id: 'x', more: 1 },
    ]) {
      await expectProblem(await stack().call('POST', '/v1/projects', body), 422);
    }
    await expectProblem(await stack().call('POST', '/v1/projects', { id: stack().project }), 409);
    for (const body of [{}, { name: 'k', scopes: [] }, { name: 'k', scopes: ['root'] }]) {
      await expectProblem(await stack().call('POST', 'keys', body), 422);
    }
  });

  it('is dead-lettered from the events queue with its reason, and its neighbours are delivered', async () => {
    await stack().subscribe({ url: receiver.url(), events: ['good'] });
    const { project } = stack();
    const bodies: [string, RegExp][] = [
      ['garbage', /not JSON/],
      ['[]', /not an array of 1 to 100 events/],
      [`{"project":"${project}","type":"good"}`, /data is required/],
      ['{"project":"nowhere","type":"good","data":{}}', /no project "nowhere"/],
      ['{"type":"good","data":{}}', /names no project/],
      [`{"project":"${project}","type":"good","data":{"a":1,"a":2}}`, /data.a is a duplicate name/],
      [
        `{"project":"${project}","type":"good","data":{"__proto__":1}}`,
        /data.__proto__ is not an allowed name/,
      ],
      [
        `{"project":"${project}","type":"good","data":{},"source":"\\ud800"}`,
        /source contains a NUL or an unpaired surrogate/,
      ],
      [
        `{"project":"${project}","type":"good","data":{"a":${'['.repeat(300)}${']'.repeat(300)}}}`,
        /data is nested/,
      ],
    ];
    await Promise.all([
      ...bodies.map(([body]) => stack().send(body)),
      ...[1, 2, 3, 4].map((n) => stack().sendEvent({ type: 'good', data: { n } })),
    ]);
    const delivered = await receiver.waitFor(4);
    expect(delivered.map(({ body }) => JSON.parse(body).data.n).toSorted()).toEqual([1, 2, 3, 4]);

    const found = new Map<string, string>();
    await eventually('every message is dead-lettered', async () => {
      for (const { Body = '', MessageAttributes } of await stack().receive('events-dead-letter'))
        found.set(Body, MessageAttributes?.reason?.StringValue ?? '');
      expect([...found.keys()].toSorted()).toEqual(bodies.map(([body]) => body).toSorted());
    });
    for (const [body, reason] of bodies) expect(found.get(body)).toMatch(reason);
  });
});

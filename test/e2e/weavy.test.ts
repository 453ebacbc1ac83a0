import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver, status } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

// The cases W1 to W9 of Weavy's REST hooks.

const opportunity = {
  codedeal: '2010000000014',
  customerName: "A L'ATELIER DE DIJON",
  label: 'Ma nouvelle opportunité',
  type: "Appel d'offres",
  dealNumber: '',
  status: 'Active',
  creationDate: '2023-10-31 00:00:00',
  url: 'https://weavy.divalto.com/page/project/2010000000014',
};

describe("Weavy's REST hooks", () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());

  const process = (
    code: string,
    body: unknown,
    options?: { bearer?: string | null },
    path = '/v1/EntryPoints/demo/process/',
  ) => stack().call('POST', `${path}?c=${code}`, body, options);
  const subscribe = async (event: string, hookUrl: string): Promise<string> =>
    (await process('EPT_WebhookSubscribe', { event, hookUrl })).body.result.codeWebhookSubscription;
  const unsubscribe = (codeWebhookSubscription: string) =>
    process('EPT_WebhookUnsubscribe', { codeWebhookSubscription });
  const to = (path: string) => (request: { path: string }) => request.path === path;
  /** Sends an event that a hook of its own gets, so that whatever was to arrive before has had its turn. */
  const settle = async () => {
    const path = `/settled-${receiver.requests.length}-${Math.random()}`;
    const code = await subscribe('NewSuspect', receiver.url(path));
    await stack().publish({ type: 'NewSuspect', data: {} });
    await receiver.waitFor(1, to(path));
    await unsubscribe(code);
    await stack().idle('events', 'deliveries');
  };

  it('W1: subscribing answers the code of the subscription and nothing else', async () => {
    const { status, text, body } = await process('EPT_WebhookSubscribe', {
      event: 'NewDeal',
      hookUrl: receiver.url('/w1'),
    });
    expect(status).toBe(200);
    expect(body.result.codeWebhookSubscription).toMatch(/^sub_[0-9A-Z]{26}$/);
    expect(text).toBe(`{"result":{"codeWebhookSubscription":"${body.result.codeWebhookSubscription}"}}`);
  });

  it('W2: an event comes as one request, its data under "result"', async () => {
    await subscribe('NewOpportunity', receiver.url('/w2'));
    await stack().publish({ type: 'NewOpportunity', data: opportunity });
    const [request] = await receiver.waitFor(1, to('/w2'));
    expect(request?.body).toBe(JSON.stringify({ result: opportunity }));
    expect(request?.headers['content-type']).toBe('application/json');
    await settle();
    expect(receiver.requests.filter(to('/w2'))).toHaveLength(1);
  });

  it('W3: the list of samples has the shape of a request and sends none', async () => {
    const before = receiver.requests.length;
    const sample = await process('EPT_WebhookPerformList', { event: 'NewCustomer' });
    expect(sample.status).toBe(200);
    expect(Object.keys(sample.body[0])).toEqual(['result']);
    expect(Object.keys(sample.body[0].result).slice(0, 9)).toEqual([
      'codecustomer',
      'name',
      'address1',
      'address2',
      'address3',
      'postalCode',
      'city',
      'phoneNumber',
      'faxNumber',
    ]);
    expect(receiver.requests).toHaveLength(before);
  });

  it('W3: real events, the newest three, take the place of the samples', async () => {
    for (const n of [1, 2, 3, 4])
      await stack().publish({ type: 'NewSubcontractor', data: { codesubcontractor: `T${n}` } });
    await eventually(async () => {
      const { body } = await process('EPT_WebhookPerformList', { event: 'NewSubcontractor' });
      const codes = body.map(
        ({ result }: { result: { codesubcontractor: string } }) => result.codesubcontractor,
      );
      return JSON.stringify(codes) === '["T4","T3","T2"]';
    });
  });

  it.each(['NewOpportunity', 'NewDeal', 'NewCustomer', 'NewProspect', 'NewSuspect', 'NewSubcontractor'])(
    'W3: %s always has a sample',
    async (event) => {
      const { body } = await process('EPT_WebhookPerformList', { event });
      expect(body.length).toBeGreaterThan(0);
    },
  );

  it('W4: after unsubscribing nothing more is sent', async () => {
    const code = await subscribe('NewProspect', receiver.url('/w4'));
    await stack().publish({ type: 'NewProspect', data: {} });
    await receiver.waitFor(1, to('/w4'));
    const { status, text } = await unsubscribe(code);
    expect([status, text]).toEqual([200, `{"result":{"codeWebhookSubscription":"${code}"}}`]);
    await stack().publish({ type: 'NewProspect', data: {} });
    await settle();
    expect(receiver.requests.filter(to('/w4'))).toHaveLength(1);
    expect((await unsubscribe(code)).text).toBe(text);
    expect((await unsubscribe('sub_unknown')).status).toBe(200);
  });

  it('W5: a hook that answers 410 is removed', async () => {
    const code = await subscribe('gone.test', receiver.url('/w5'));
    receiver.respond((request, response) => status(request.path === '/w5' ? 410 : 200)(request, response));
    await stack().publish({ type: 'gone.test', data: {} });
    await receiver.waitFor(1, to('/w5'));
    await eventually(
      async () => (await stack().call('GET', `/v1/projects/demo/subscriptions/${code}`)).status === 404,
    );
    receiver.respond(status(200));
    await stack().publish({ type: 'gone.test', data: {} });
    await settle();
    expect(receiver.requests.filter(to('/w5'))).toHaveLength(1);
  });

  it.each([['EPT_WebhookSubscribe'], ['EPT_WebhookUnsubscribe'], ['EPT_WebhookPerformList']])(
    'W6: %s without a valid Bearer is 401',
    async (code) => {
      for (const bearer of [null, '', 'nonsense', `ancrage_key_${'x'.repeat(43)}`]) {
        const answer = await process(code, { event: 'NewDeal', hookUrl: receiver.url() }, { bearer });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(answer.body).toMatchObject({ status: 401, title: 'Unauthorized' });
      }
    },
  );

  it('W7: one URL on two events is two subscriptions, removed one by one', async () => {
    const [first, second] = [
      await subscribe('w7.a', receiver.url('/w7')),
      await subscribe('w7.b', receiver.url('/w7')),
    ];
    expect(first).not.toBe(second);
    await unsubscribe(first);
    await stack().publish([
      { type: 'w7.a', data: { from: 'a' } },
      { type: 'w7.b', data: { from: 'b' } },
    ]);
    await receiver.waitFor(1, to('/w7'));
    await settle();
    expect(receiver.requests.filter(to('/w7')).map(({ body }) => body)).toEqual(['{"result":{"from":"b"}}']);
  });

  it.each([
    '/v1/entrypoints/demo/process/',
    '/v1/entrypoints/demo/process',
    '/V1/ENTRYPOINTS/demo/PROCESS',
    '/v1/EntryPoints/demo/process',
  ])('W8: %s is the same', async (path) => {
    const { status, body } = await process(
      'EPT_WebhookSubscribe',
      { event: 'NewDeal', hookUrl: receiver.url('/w8') },
      {},
      path,
    );
    expect(status).toBe(200);
    await unsubscribe(body.result.codeWebhookSubscription);
  });

  it.each(['userName', 'username'])('W9: a token, asked for with %s, works on all three', async (field) => {
    const key = (await stack().call('POST', '/v1/projects/demo/keys', { name: 'Zapier', scopes: ['manage'] }))
      .body;
    const credentials = { scope: 'API', projectCode: 'demo', [field]: key.id, password: key.secret };
    const { status, body } = await stack().call('POST', '/v1/Authenticate', credentials, { bearer: null });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['authToken', 'expiresIn', 'generatedTimeUTC', 'passwordExpiryUTC']);
    expect(body).toMatchObject({ expiresIn: 43_200, passwordExpiryUTC: null });
    const bearer = { bearer: body.authToken };
    const subscribed = await process(
      'EPT_WebhookSubscribe',
      { event: 'NewDeal', hookUrl: receiver.url('/w9') },
      bearer,
    );
    expect(subscribed.status).toBe(200);
    expect((await process('EPT_WebhookPerformList', { event: 'NewDeal' }, bearer)).status).toBe(200);
    expect((await process('EPT_WebhookUnsubscribe', subscribed.body.result, bearer)).status).toBe(200);
  });

  it('W9: gives no token for what is not a key of the project, nor for a token', async () => {
    const key = (await stack().call('POST', '/v1/projects/demo/keys', { name: 'Zapier', scopes: ['read'] }))
      .body;
    const good = { scope: 'API', projectCode: 'demo', userName: key.id, password: key.secret };
    const { authToken } = (await stack().call('POST', '/v1/Authenticate', good, { bearer: null })).body;
    for (const wrong of [
      { password: 'x' },
      { password: authToken },
      { userName: 'key_x' },
      { projectCode: 'other' },
    ]) {
      const answer = await stack().call('POST', '/v1/Authenticate', { ...good, ...wrong }, { bearer: null });
      expect(answer.status).toBe(401);
      expect(answer.body.detail).toBe('The project, the user name or the password is wrong.');
    }
    expect((await stack().call('POST', '/v1/Authenticate', { scope: 'API' }, { bearer: null })).status).toBe(
      422,
    );
    expect((await stack().call('POST', '/v1/Authenticate', '{', { bearer: null })).status).toBe(422);
  });

  it('says what it does not know: a code, an event, a project, a body', async () => {
    expect((await process('EPT_Other', {})).status).toBe(404);
    expect((await process('constructor', {})).status).toBe(404);
    expect((await stack().call('POST', '/v1/EntryPoints/demo/process', {})).status).toBe(404);
    expect((await process('EPT_WebhookPerformList', { event: 'NewNothing' })).status).toBe(422);
    expect((await process('EPT_WebhookPerformList', { event: '*' })).status).toBe(422);
    expect((await process('EPT_WebhookSubscribe', {})).body.errors).toEqual([
      { path: 'event', message: 'is required' },
      { path: 'hookUrl', message: 'is required' },
    ]);
    const refused = await process('EPT_WebhookSubscribe', { event: 'a..b', hookUrl: 'ftp://example.com' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'event',
      'hookUrl',
    ]);
    const elsewhere = await process(
      'EPT_WebhookSubscribe',
      { event: 'a', hookUrl: receiver.url() },
      {},
      '/v1/EntryPoints/nowhere/process/',
    );
    expect(elsewhere.status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

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

describe('the Weavy dialect', () => {
  const stack = useStack();
  const receiver = useReceiver();

  const process = (
    code: string,
    body: unknown,
    options?: { bearer?: string | null },
    path = '/v1/EntryPoints/PROJECT/process/',
  ) => stack().call('POST', `${path.replace('PROJECT', stack().project)}?c=${code}`, body, options);
  const subscribe = async (event: string, hookUrl: string): Promise<string> =>
    (await process('EPT_WebhookSubscribe', { event, hookUrl })).body.result.codeWebhookSubscription;
  const unsubscribe = (codeWebhookSubscription: string) =>
    process('EPT_WebhookUnsubscribe', { codeWebhookSubscription });
  /** Delivers an event to a hook of its own, so that all earlier events have had their turn. */
  const settle = async () => {
    const path = `/settled-${receiver.requests.length}-${Math.random()}`;
    const code = await subscribe('NewSuspect', receiver.url(path));
    await stack().publish({ type: 'NewSuspect', data: {} });
    await receiver.waitFor(1, to(path));
    await unsubscribe(code);
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
  };

  it('W1: responds to a subscribe request with the code of the subscription and nothing else', async () => {
    const { status, text, body } = await process('EPT_WebhookSubscribe', {
      event: 'NewDeal',
      hookUrl: receiver.url('/w1'),
    });
    expect(status).toBe(200);
    expect(body.result.codeWebhookSubscription).toMatch(/^sub_[0-9A-Z]{26}$/);
    expect(text).toBe(`{"result":{"codeWebhookSubscription":"${body.result.codeWebhookSubscription}"}}`);
  });

  it('W2: sends an event as one request, with its data under "result"', async () => {
    await subscribe('NewOpportunity', receiver.url('/w2'));
    await stack().publish({ type: 'NewOpportunity', data: opportunity });
    const [request] = await receiver.waitFor(1, to('/w2'));
    expect(request?.body).toBe(JSON.stringify({ result: opportunity }));
    expect(request?.headers['content-type']).toBe('application/json');
    await settle();
    expect(receiver.requests.filter(to('/w2'))).toHaveLength(1);
  });

  it('W3: lists samples in the shape of a request, and sends none', async () => {
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

  it('W3: lists the newest three events in place of the samples', async () => {
    for (const n of [1, 2, 3, 4])
      await stack().publish({ type: 'NewSubcontractor', data: { codesubcontractor: `T${n}` } });
    await eventually('the newest three events are listed', async () => {
      const { body } = await process('EPT_WebhookPerformList', { event: 'NewSubcontractor' });
      expect(
        body.map(({ result }: { result: { codesubcontractor: string } }) => result.codesubcontractor),
      ).toEqual(['T4', 'T3', 'T2']);
    });
  });

  it.each(['NewOpportunity', 'NewDeal', 'NewCustomer', 'NewProspect', 'NewSuspect', 'NewSubcontractor'])(
    'W3: always has a sample of %s',
    async (event) => {
      const { body } = await process('EPT_WebhookPerformList', { event });
      expect(body.length).toBeGreaterThan(0);
    },
  );

  it('W4: sends nothing more after an unsubscribe', async () => {
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

  it('W5: removes a hook that responds with 410', async () => {
    const code = await subscribe('gone.test', receiver.url('/w5'));
    receiver.respond((request, response) => status(request.path === '/w5' ? 410 : 200)(request, response));
    await stack().publish({ type: 'gone.test', data: {} });
    await receiver.waitFor(1, to('/w5'));
    await eventually('the subscription is removed', async () =>
      expect((await stack().call('GET', `subscriptions/${code}`)).status).toBe(404),
    );
    receiver.respond(status(200));
    await stack().publish({ type: 'gone.test', data: {} });
    await settle();
    expect(receiver.requests.filter(to('/w5'))).toHaveLength(1);
  });

  it.each([['EPT_WebhookSubscribe'], ['EPT_WebhookUnsubscribe'], ['EPT_WebhookPerformList']])(
    'W6: responds with 401 to %s without a valid bearer',
    async (code) => {
      // The gateway refuses a request without the header.
      expect((await process(code, {}, { bearer: null })).status).toBe(401);
      for (const bearer of ['', 'nonsense', `ancrage_key_${'x'.repeat(43)}`]) {
        const answer = await process(code, { event: 'NewDeal', hookUrl: receiver.url() }, { bearer });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(answer.body).toMatchObject({ status: 401, title: 'Unauthorized' });
      }
    },
  );

  it('W7: makes two subscriptions for one URL on two events, each removed by itself', async () => {
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

  it('W4: unsubscribes with all that subscribing has returned', async () => {
    const { body } = await process('EPT_WebhookSubscribe', {
      event: 'NewDeal',
      hookUrl: receiver.url('/w4-all'),
    });
    const code = body.result.codeWebhookSubscription;
    expect((await process('EPT_WebhookUnsubscribe', body)).body).toEqual(body);
    expect((await stack().call('GET', `subscriptions/${code}`)).status).toBe(404);
    expect((await process('EPT_WebhookUnsubscribe', { result: {} })).body.errors).toEqual([
      { path: 'result.codeWebhookSubscription', message: 'is required' },
    ]);
  });

  it('subscribes as the console does, up to the removal of a hook that is gone', async () => {
    const url = receiver.url('/alike');
    const code = await subscribe('NewDeal', url);
    const native = await stack().subscribe({ url, events: ['NewDeal'], format: 'weavy' });
    const settings = async (id: string) => {
      const subscription = await stack().get(`subscriptions/${id}`);
      const { id: _id, createdAt: _created, updatedAt: _updated, health, ...rest } = subscription;
      expect(health).toMatchObject({ reason: 'new' });
      return rest;
    };
    expect(await settings(native.id)).toEqual(await settings(code));
    const changed = await stack().subscribe({ url, events: ['NewDeal'] });
    await stack().done('PATCH', `subscriptions/${changed.id}`, { format: 'weavy' });
    const back = await stack().subscribe({ url, events: ['NewDeal'], format: 'weavy' });
    await stack().done('PATCH', `subscriptions/${back.id}`, { format: 'standard' });

    receiver.respond((request, response) => status(request.path === '/alike' ? 410 : 200)(request, response));
    await stack().publish({ type: 'NewDeal', data: {} });
    for (const id of [code, native.id, changed.id])
      await eventually('the subscription is removed', async () =>
        expect((await stack().call('GET', `subscriptions/${id}`)).status).toBe(404),
      );
    await eventually('that of another format is disabled', async () =>
      expect(await stack().get(`subscriptions/${back.id}`)).toMatchObject({ disabledReason: 'gone' }),
    );
    receiver.respond(status(200));
  });

  it('reads forms, and lists samples for a GET', async () => {
    const form = (code: string, fields: Record<string, string>) =>
      stack().call(
        'POST',
        `/v1/EntryPoints/${stack().project}/process/?c=${code}`,
        new URLSearchParams(fields).toString(),
        { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      );
    const subscribed = await form('EPT_WebhookSubscribe', {
      event: 'NewProspect',
      hookUrl: receiver.url('/form'),
    });
    expect(subscribed.status).toBe(200);
    const listed = await form('EPT_WebhookPerformList', { event: 'NewCustomer' });
    expect(listed.body[0].result).toHaveProperty('codecustomer');
    expect((await form('EPT_WebhookUnsubscribe', subscribed.body.result)).status).toBe(200);

    const get = (query: string) =>
      fetch(`${stack().outputs.apiUrl}/v1/EntryPoints/${stack().project}/process?${query}`, {
        headers: { authorization: `Bearer ${stack().adminKey}` },
      });
    const answer = await get('c=EPT_WebhookPerformList&event=NewCustomer');
    expect([answer.status, await answer.json()]).toEqual([200, listed.body]);
    expect((await get('c=EPT_WebhookPerformList')).status).toBe(422);
    for (const code of ['EPT_WebhookSubscribe', 'EPT_WebhookUnsubscribe', 'EPT_Other']) {
      const refused = await get(
        `c=${code}&event=NewDeal&hookUrl=${receiver.url()}&codeWebhookSubscription=sub_1`,
      );
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it.each([
    '/v1/entrypoints/PROJECT/process/',
    '/v1/entrypoints/PROJECT/process',
    '/V1/ENTRYPOINTS/PROJECT/PROCESS',
    '/v1/EntryPoints/PROJECT/process',
  ])('W8: accepts the path %s as well', async (path) => {
    const { status, body } = await process(
      'EPT_WebhookSubscribe',
      { event: 'NewDeal', hookUrl: receiver.url('/w8') },
      {},
      path,
    );
    expect(status).toBe(200);
    await unsubscribe(body.result.codeWebhookSubscription);
  });

  it.each(['userName', 'username'])(
    'W9: accepts a token that was requested with %s for all three operations',
    async (field) => {
      const key = await stack().newKey(['manage']);
      const credentials = {
        scope: 'API',
        projectCode: stack().project,
        [field]: key.id,
        password: key.secret,
      };
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
    },
  );

  it('W9: issues no token for anything but a key of the project, not even for a token', async () => {
    const key = await stack().newKey(['read']);
    const good = { scope: 'API', projectCode: stack().project, userName: key.id, password: key.secret };
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

  it('reports an unknown code, event or project, and an invalid body', async () => {
    expect((await process('EPT_Other', {})).status).toBe(404);
    expect((await process('constructor', {})).status).toBe(404);
    expect((await stack().call('POST', `/v1/EntryPoints/${stack().project}/process`, {})).status).toBe(404);
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

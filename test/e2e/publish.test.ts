import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver, verify } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

describe('a published event', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  const to = (path: string) => (request: { path: string }) => request.path === path;
  const events = '/v1/projects/demo/events';

  it('comes signed, as Standard Webhooks say', async () => {
    const { secret } = await stack().subscribe({ url: receiver.url('/standard'), events: ['invoice.paid'] });
    const event = {
      type: 'invoice.paid',
      time: '2026-01-02T03:04:05Z',
      data: { total: 42 },
      id: 'inv-1',
      actor: { id: 7, name: 'É' },
      changes: { A: { from: 1, to: 2 } },
    };
    const { status, body } = await stack().publish(event);
    expect([status, body]).toEqual([202, { id: 'inv-1' }]);
    const [request] = await receiver.waitFor(1, to('/standard'));
    if (request === undefined) throw new Error('unreachable');
    expect(verify(secret, request)).toEqual({
      type: 'invoice.paid',
      timestamp: '2026-01-02T03:04:05.000Z',
      data: { total: 42 },
      changes: { A: { from: 1, to: 2 } },
      actor: { id: 7, name: 'É' },
    });
    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({
      'webhook-id': 'inv-1',
      'content-type': 'application/json',
      'user-agent': 'Ancrage/0.1.0',
    });
  });

  it('arrives to the letter: number literals, key order, Unicode', async () => {
    const data =
      '{"big":12345678901234567890,"price":1.10,"total":50000.0,"10":1,"9":2,"e":"\\u00e9é😀\\ud800\uffff","deep":{"b":1E400,"a":-0}}';
    await stack().subscribe({ url: receiver.url('/exact'), events: ['exact'], format: 'data' });
    await stack().publish(`{"type":"exact","data":${data}}`);
    // U+FFFF cannot pass SQS; its escape means the same.
    const sendable = data.replace('\uffff', '\\uffff');
    await stack().send(`{"type": "exact", "project": "demo", "data": ${sendable}}`);
    const requests = await receiver.waitFor(2, to('/exact'));
    expect(requests.map(({ body }) => body)).toEqual([sendable, sendable]);
  });

  it('is known by its id: what comes, and how its attempt is logged', async () => {
    const subscription = await stack().subscribe({
      url: receiver.url('/logged'),
      events: ['logged'],
      headers: { 'X-Api-Key': 'hush', 'X-Team': 'finance' },
      method: 'PUT',
    });
    const { body } = await stack().publish({ type: 'logged', data: { a: 1 } });
    expect(body.id).toMatch(/^evt_[0-9A-Z]{26}$/);
    const [request] = await receiver.waitFor(1, to('/logged'));
    expect(request).toMatchObject({
      method: 'PUT',
      headers: { 'x-api-key': 'hush', 'x-team': 'finance', 'webhook-id': body.id },
    });

    const attempts = `/v1/projects/demo/subscriptions/${subscription.id}/attempts`;
    await eventually(async () => (await stack().call('GET', attempts)).body.data.length === 1);
    const [attempt] = (await stack().call('GET', attempts)).body.data;
    expect(attempt).toMatchObject({
      eventId: body.id,
      eventType: 'logged',
      subscriptionId: subscription.id,
      number: 1,
      trigger: 'event',
      outcome: 'success',
      error: null,
      nextAttemptAt: null,
      request: {
        method: 'PUT',
        url: receiver.url('/logged'),
        body: request?.body,
        headers: { 'x-api-key': '***', 'x-team': 'finance' },
      },
      response: { status: 200 },
    });
    expect((await stack().call('GET', `${events}/${body.id}/attempts`)).body.data).toEqual([attempt]);
    const event = (await stack().call('GET', `${events}/${body.id}`)).body;
    expect(event).toMatchObject({ id: body.id, type: 'logged', data: { a: 1 } });
    expect(event.deliveries).toEqual([
      { subscriptionId: subscription.id, state: 'delivered', attempts: 1, nextAttemptAt: null },
    ]);
    expect(JSON.stringify([attempt, event])).not.toContain('hush');
  });

  it('with an id that is not safe in a header is known by a stable hash of it', async () => {
    await stack().subscribe({ url: receiver.url('/unsafe'), events: ['unsafe'] });
    await stack().publish({ type: 'unsafe', data: {}, id: 'order 17.é' });
    const [request] = await receiver.waitFor(1, to('/unsafe'));
    expect(request?.headers['webhook-id']).toMatch(/^evt_[A-Za-z0-9_-]{22}$/);
    expect((await stack().call('GET', `${events}/${encodeURIComponent('order 17.é')}`)).body.id).toBe(
      'order 17.é',
    );
  });

  it('reaches whoever wants its type, a prefix of it, or everything, each once', async () => {
    const project = 'wildcards';
    await stack().call('POST', '/v1/projects', { id: project });
    const paths = {
      '/exactly': ['job.status.updated'],
      '/prefix': ['job.*'],
      '/all': ['*'],
      '/both': ['job.status.updated', 'job.*', '*'],
      '/other': ['job.created', 'jobs.*'],
    };
    for (const [path, wanted] of Object.entries(paths))
      await stack().subscribe({ url: receiver.url(path), events: wanted }, project);
    await stack().publish({ type: 'job.status.updated', data: {} }, project);
    await receiver.waitFor(4, ({ path }) => path in paths);
    await stack().idle('events', 'deliveries');
    expect(
      receiver.requests
        .map(({ path }) => path)
        .filter((path) => path in paths)
        .toSorted(),
    ).toEqual(['/all', '/both', '/exactly', '/prefix']);
  });

  it('is published twice with one id, and delivered once', async () => {
    await stack().subscribe({ url: receiver.url('/once'), events: ['once'] });
    for (let time = 0; time < 3; time++)
      await stack().publish({ type: 'once', id: 'once-1', data: { time } });
    await stack().send('{"project":"demo","type":"once","id":"once-1","data":{}}');
    await receiver.waitFor(1, to('/once'));
    await stack().idle('events', 'deliveries');
    expect(receiver.requests.filter(to('/once'))).toHaveLength(1);
  });

  it('is signed with both secrets while one replaces the other', async () => {
    const { id, secret } = await stack().subscribe({ url: receiver.url('/rotated'), events: ['rotated'] });
    const one = `/v1/projects/demo/subscriptions/${id}`;
    const rotated = await stack().call('POST', `${one}/rotate-secret`);
    expect(rotated.status).toBe(200);
    expect((await stack().call('GET', `${one}/secret`)).body).toEqual(rotated.body);
    await stack().publish({ type: 'rotated', data: { n: 1 } });
    const [request] = await receiver.waitFor(1, to('/rotated'));
    if (request === undefined) throw new Error('unreachable');
    for (const known of [secret, rotated.body.secret])
      expect(verify(known, request)).toMatchObject({ data: { n: 1 } });
    const refused = await stack().call('POST', `${one}/rotate-secret`, {
      secret: 'short',
      overlapSeconds: -1,
    });
    expect(refused.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'overlapSeconds',
      'secret',
    ]);
  });

  it('that is suppressed is stored and delivered to nobody', async () => {
    await stack().subscribe({ url: receiver.url('/quiet'), events: ['quiet'] });
    const { body } = await stack().publish({ type: 'quiet', data: {}, suppress: true });
    await eventually(async () => (await stack().call('GET', `${events}/${body.id}`)).status === 200);
    await stack().idle('events', 'deliveries');
    expect(receiver.requests.filter(to('/quiet'))).toEqual([]);
    expect((await stack().call('GET', `${events}/${body.id}`)).body.suppress).toBe(true);
    const [listed] = (await stack().call('GET', `${events}?type=quiet`)).body.data;
    expect(listed).toMatchObject({ id: body.id, suppress: true });
  });

  it('does not reach a subscription that is disabled, and does again once it is enabled', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/off'), events: ['off'], enabled: false });
    const one = `/v1/projects/demo/subscriptions/${id}`;
    await stack().publish({ type: 'off', data: { n: 1 } });
    await stack().idle('events', 'deliveries');
    expect((await stack().call('GET', one)).body).toMatchObject({ enabled: false, disabledReason: 'manual' });
    expect((await stack().call('PATCH', one, { enabled: true })).body).toMatchObject({
      enabled: true,
      disabledReason: null,
    });
    await stack().publish({ type: 'off', data: { n: 2 } });
    const [request] = await receiver.waitFor(1, to('/off'));
    expect(JSON.parse(request?.body ?? '').data).toEqual({ n: 2 });
  });

  describe('comes by queue', () => {
    const cloudEvent = {
      specversion: '1.0',
      id: 'ce-1',
      source: '/erp',
      type: 'queue.cloud',
      time: '2026-01-02T03:04:05Z',
      data: { n: 1 },
    };
    const forms: [string, string, Record<string, string>, string][] = [
      [
        'natively',
        JSON.stringify({ project: 'demo', type: 'queue.native', data: { n: 1 } }),
        {},
        'queue.native',
      ],
      ['as a CloudEvent', JSON.stringify(cloudEvent), { project: 'demo' }, 'queue.cloud'],
      [
        'as an EventBridge event',
        JSON.stringify({
          version: '0',
          id: 'eb-1',
          'detail-type': 'queue.bridge',
          source: 'shop',
          time: '2026-01-02T03:04:05Z',
          detail: { n: 1 },
        }),
        { project: 'demo' },
        'queue.bridge',
      ],
      [
        'in an SNS envelope',
        JSON.stringify({
          Type: 'Notification',
          TopicArn: 'arn:aws:sns:eu-west-1:1:t',
          Message: JSON.stringify({ type: 'queue.sns', data: { n: 1 } }),
          MessageAttributes: { project: { Type: 'String', Value: 'demo' } },
        }),
        {},
        'queue.sns',
      ],
    ];
    it.each(forms)('%s', async (_name, body, attributes, type) => {
      const path = `/${type}`;
      const { secret } = await stack().subscribe({ url: receiver.url(path), events: [type] });
      await stack().send(body, attributes);
      const [request] = await receiver.waitFor(1, to(path));
      if (request === undefined) throw new Error('unreachable');
      expect(verify(secret, request)).toMatchObject({ type, data: { n: 1 } });
    });
  });

  it('may be a CloudEvent over HTTPS, alone or in a batch', async () => {
    await stack().subscribe({ url: receiver.url('/cloud'), events: ['cloud.*'] });
    const cloudEvent = (id: string) => ({
      specversion: '1.0',
      id,
      source: '/erp',
      type: `cloud.${id}`,
      data: { id },
    });
    const single = await stack().call('POST', events, cloudEvent('one'), {
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    expect([single.status, single.body]).toEqual([202, { id: 'one' }]);
    const batch = await stack().call('POST', events, [cloudEvent('two'), cloudEvent('three')], {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });
    expect([batch.status, batch.body]).toEqual([202, { ids: ['two', 'three'] }]);
    await receiver.waitFor(3, to('/cloud'));
  });
});

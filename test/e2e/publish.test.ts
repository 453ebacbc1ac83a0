import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** An id that is derived from a source and the publisher's id. */
const DERIVED = expect.stringMatching(/^evt_[\w-]{22}$/);

describe('a published event', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const events = 'events';

  it('is delivered with the signature of Standard Webhooks', async () => {
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

  it('arrives exactly as it was written: number literals, key order, Unicode', async () => {
    const data =
      '{"big":12345678901234567890,"price":1.10,"total":50000.0,"10":1,"9":2,"e":"\\u00e9é😀\\ud800\uffff","deep":{"b":1E400,"a":-0}}';
    await stack().subscribe({ url: receiver.url('/exact'), events: ['exact'], format: 'data' });
    await stack().publish(`{"type":"exact","data":${data}}`);
    // U+FFFF cannot pass SQS; its escape means the same.
    const sendable = data.replace('\uffff', '\\uffff');
    await stack().send(`{"type": "exact", "project": "${stack().project}", "data": ${sendable}}`);
    const requests = await receiver.waitFor(2, to('/exact'));
    expect(requests.map(({ body }) => body)).toEqual([sendable, sendable]);
  });

  it('has its id in the request, in the logged attempt and in its own document', async () => {
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

    const [attempt, ...others] = await stack().attempts(subscription.id, 1);
    expect(others).toEqual([]);
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
        headers: { 'x-api-key': '***', 'x-team': '***' },
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

  it('is sent with a stable hash of its id if the id is not safe in a header, and is found by both', async () => {
    const { id: subscriptionId } = await stack().subscribe({
      url: receiver.url('/unsafe'),
      events: ['unsafe'],
    });
    await stack().publish({ type: 'unsafe', data: {}, id: 'order 17.é' });
    const [request] = await receiver.waitFor(1, to('/unsafe'));
    expect(request?.headers['webhook-id']).toMatch(/^evt_[A-Za-z0-9_-]{22}$/);
    expect((await stack().call('GET', `${events}/${encodeURIComponent('order 17.é')}`)).body.id).toBe(
      'order 17.é',
    );
    const sentId = request?.headers['webhook-id'];
    expect((await stack().get(`events/${sentId}`)).id).toBe('order 17.é');
    await stack().settled();
    expect((await stack().get(`events/${sentId}/attempts`)).data).toMatchObject([{ eventId: 'order 17.é' }]);
    await stack().done('POST', `events/${sentId}/replay`, { subscriptionId });
    const [, again] = await receiver.waitFor(2, to('/unsafe'));
    expect(again?.headers['webhook-id']).toBe(sentId);
  });

  it('is refused with a member of our own messages', async () => {
    const members = { publisherId: 'x', cloudEvent: {}, dataForm: 'base64' };
    const { status, body } = await stack().publish({ type: 'forged', data: {}, ...members });
    expect(status).toBe(422);
    for (const name of Object.keys(members)) expect(body.detail).toContain(name);
  });

  it('reaches every subscription to its type, to a prefix of it or to everything, each once', async () => {
    const project = await stack().newProject('wildcards');
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
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect(
      receiver.requests
        .map(({ path }) => path)
        .filter((path) => path in paths)
        .toSorted(),
    ).toEqual(['/all', '/both', '/exactly', '/prefix']);
  });

  it('is delivered once if it is published several times with one id', async () => {
    await stack().subscribe({ url: receiver.url('/once'), events: ['once'] });
    for (let time = 0; time < 3; time++)
      await stack().publish({ type: 'once', id: 'once-1', data: { time } });
    await stack().sendEvent({ type: 'once', id: 'once-1', data: {} });
    await receiver.waitFor(1, to('/once'));
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect(receiver.requests.filter(to('/once'))).toHaveLength(1);
  });

  it('is signed with both secrets while one replaces the other', async () => {
    const { id, secret } = await stack().subscribe({ url: receiver.url('/rotated'), events: ['rotated'] });
    const one = `subscriptions/${id}`;
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

  it.each(['none', 'standard'])(
    'is signed with a secret that is given unpadded: %s before',
    async (before) => {
      const bytes = Buffer.alloc(25, 7).toString('base64');
      const unpadded = `whsec_${bytes.replaceAll('=', '')}`;
      const shown = { secret: `whsec_${bytes}` };
      const { id, secret } = await stack().subscribe({
        ...{ url: receiver.url(`/unpadded-${before}`), events: ['unpadded'] },
        ...{ secret: unpadded, signature: before },
      });
      // Text for a subscription without a signature, and the key of one with Standard Webhooks.
      expect(secret).toBe(before === 'none' ? unpadded : shown.secret);
      await stack().done('PATCH', `subscriptions/${id}`, { signature: 'standard' });
      expect(await stack().get(`subscriptions/${id}/secret`)).toEqual(shown);
      const rotated = await stack().done('POST', `subscriptions/${id}/rotate-secret`, { secret: unpadded });
      expect(rotated).toEqual(shown);
      await stack().publish({ type: 'unpadded', data: { n: 1 } });
      const [request] = await receiver.waitFor(1, to(`/unpadded-${before}`));
      if (request === undefined) throw new Error('unreachable');
      expect(verify(shown.secret, request)).toMatchObject({ data: { n: 1 } });
    },
  );

  it('is stored but not delivered if it is suppressed', async () => {
    await stack().subscribe({ url: receiver.url('/quiet'), events: ['quiet'] });
    const { body } = await stack().publish({ type: 'quiet', data: {}, suppress: true });
    await stack().storedEvent(body.id);
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect(receiver.requests.filter(to('/quiet'))).toEqual([]);
    expect((await stack().call('GET', `${events}/${body.id}`)).body.suppress).toBe(true);
    const [listed] = (await stack().call('GET', `${events}?type=quiet`)).body.data;
    expect(listed).toMatchObject({ id: body.id, suppress: true });
  });

  it('does not reach a disabled subscription until it is enabled again', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/off'), events: ['off'], enabled: false });
    const one = `subscriptions/${id}`;
    await stack().publish({ type: 'off', data: { n: 1 } });
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect((await stack().call('GET', one)).body).toMatchObject({ enabled: false, disabledReason: 'manual' });
    expect((await stack().call('PATCH', one, { enabled: true })).body).toMatchObject({
      enabled: true,
      disabledReason: null,
    });
    await stack().publish({ type: 'off', data: { n: 2 } });
    const [request] = await receiver.waitFor(1, to('/off'));
    expect(JSON.parse(request?.body ?? '').data).toEqual({ n: 2 });
  });

  it('may be a CloudEvent in binary mode with JSON', async () => {
    const path = '/binary';
    await stack().subscribe({ url: receiver.url(path), events: ['binary'], format: 'cloudevents' });
    const headers = { 'ce-specversion': '1.0', 'ce-source': '/%65rp', 'ce-type': 'binary' };
    // The body looks like one of our own events, and is only the data.
    const data = { type: 'other', data: { n: 1 }, id: 'inner' };
    const post = (more: object) => stack().call('POST', events, data, { headers: { ...headers, ...more } });
    const { status, body } = await post({ 'ce-id': '"%E2%82%AC \\"1"' });
    expect([status, body]).toEqual([202, { id: DERIVED }]);

    const [request] = await receiver.waitFor(1, to(path));
    expect(request?.headers['webhook-id']).toBe(body.id);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      id: '€ "1',
      source: '/erp',
      type: 'binary',
      data,
    });

    for (const [more, path] of [
      [{}, 'id'],
      [{ 'ce-id': '%ff' }, 'ce-id'],
      [{ 'ce-id': '1', 'ce-source': 'my erp' }, 'source'],
      [{ 'ce-id': '1', 'ce-specversion': '0.3' }, 'specversion'],
    ] as const) {
      const refused = await post(more);
      expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path }]]);
    }
  });

  describe('can be queued', () => {
    const cloudEvent = {
      specversion: '1.0',
      id: 'ce-1',
      source: '/erp',
      type: 'queue.cloud',
      time: '2026-01-02T03:04:05Z',
      data: { n: 1 },
    };
    const bridgeEvent = {
      version: '0',
      id: 'eb-1',
      'detail-type': 'queue.bridge',
      source: 'shop',
      time: '2026-01-02T03:04:05Z',
      detail: { n: 1 },
    };
    const forms: [string, string, (project: string) => [body: object, attributes?: { project: string }]][] = [
      ['natively', 'queue.native', (project) => [{ project, type: 'queue.native', data: { n: 1 } }]],
      ['as a CloudEvent', 'queue.cloud', (project) => [cloudEvent, { project }]],
      ['as an EventBridge event', 'queue.bridge', (project) => [bridgeEvent, { project }]],
      [
        'in an SNS envelope',
        'queue.sns',
        (project) => [
          {
            Type: 'Notification',
            TopicArn: 'arn:aws:sns:eu-west-1:1:t',
            Message: JSON.stringify({ type: 'queue.sns', data: { n: 1 } }),
            MessageAttributes: { project: { Type: 'String', Value: project } },
          },
        ],
      ],
    ];
    it.each(forms)('%s', async (_name, type, messageOf) => {
      const path = `/${type}`;
      const { secret } = await stack().subscribe({ url: receiver.url(path), events: [type] });
      const [body, attributes] = messageOf(stack().project);
      await stack().send(JSON.stringify(body), attributes);
      const [request] = await receiver.waitFor(1, to(path));
      if (request === undefined) throw new Error('unreachable');
      expect(verify(secret, request)).toMatchObject({ type, data: { n: 1 } });
    });
  });

  it('is refused if its bytes are not UTF-8, or compressed', async () => {
    const { apiUrl, adminKey, project } = stack().outputs;
    const post = (body: Uint8Array, headers: object = {}) =>
      fetch(`${apiUrl}/v1/projects/${project}/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', ...headers },
        body: Uint8Array.from(body),
      });
    const latin1 = await post(Buffer.from('{"type":"bytes","data":{"city":"Orl\xe9ans"}}', 'latin1'));
    expect([latin1.status, await latin1.json()]).toMatchObject([400, { title: 'Not UTF-8' }]);
    const gzipped = gzipSync('{"type":"bytes","data":{}}');
    expect((await post(gzipped, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('may be a CloudEvent over HTTPS, alone or in an array', async () => {
    await stack().subscribe({ url: receiver.url('/cloud'), events: ['cloud.*'] });
    const cloudEvent = (id: string) => ({
      specversion: '1.0',
      id,
      source: '/erp',
      type: `cloud.${id}`,
      subject: null,
      time: null,
      data: { id },
    });
    const single = await stack().call('POST', events, cloudEvent('one'), {
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    expect([single.status, single.body]).toEqual([202, { id: DERIVED }]);
    const batch = await stack().call('POST', events, [cloudEvent('two'), cloudEvent('three')], {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });
    expect([batch.status, batch.body]).toEqual([202, { ids: [DERIVED, DERIVED] }]);
    await receiver.waitFor(3, to('/cloud'));
  });
});

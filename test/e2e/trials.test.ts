import { beforeEach, describe, expect, it } from 'vitest';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { makePaused, sendNumbered, untilMode, untilWaiting } from '../support/waiting.ts';

describe('a test request or preview of a subscription', () => {
  const stack = useStack();
  const receiver = useReceiver();
  beforeEach(() => receiver.respond(status(200)));
  const requestsTo = (path: string) => receiver.requests.filter(to(path));
  const testNow = (id: string, body?: unknown) => stack().call('POST', `subscriptions/${id}/test`, body);
  /** Send a test request as soon as the subscription takes one. */
  const test = (id: string, body?: unknown) =>
    eventually('the subscription takes no test', async () => {
      const answer = await testNow(id, body);
      if (answer.status === 429) throw new Error(answer.body.detail);
      return answer;
    });
  const preview = (id: string, body?: unknown) => stack().call('POST', `subscriptions/${id}/preview`, body);
  const register = (type: string, sample: string) =>
    stack().call('PUT', `event-types/${type}`, `{"samples": [${sample}]}`);

  it('sends a signed request at once, returns the whole attempt and logs it as a test', async () => {
    receiver.respond((_request, response) => response.writeHead(201, { 'x-seen': 'yes' }).end('thanks'));
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/now'),
      events: ['order.paid'],
      headers: { 'x-api-key': 'swordfish' },
    });
    const answer = await test(id, '{"event": "order.paid", "data": {"total": 12.50}}');
    expect(answer.status).toBe(200);
    const [request] = requestsTo('/now');
    if (request === undefined) throw new Error('nothing came');
    expect(request.headers['ancrage-test']).toBe('true');
    expect(verify(secret, request)).toMatchObject({ type: 'order.paid', data: { total: 12.5 } });
    expect(request.body).toContain('{"total":12.50}');
    expect(answer.body).toMatchObject({
      trigger: 'test',
      number: 1,
      eventType: 'order.paid',
      request: { method: 'POST', url: receiver.url('/now'), body: request.body },
      response: { status: 201, headers: { 'x-seen': 'yes' }, body: 'thanks' },
      outcome: 'success',
      error: null,
      nextAttemptAt: null,
    });
    expect(answer.body.request.headers['x-api-key']).toBe('***');
    expect(await stack().attempts(id)).toEqual([answer.body]);
  });

  it('neither retries a failed test request nor counts it', async () => {
    receiver.respond(status(500));
    const { id } = await stack().subscribe({ url: receiver.url('/broken'), events: ['a'], retry: [1] });
    expect((await test(id)).body).toMatchObject({ outcome: 'failure', error: 'status', nextAttemptAt: null });
    await stack().idle('deliveries', 'retries', 'pumps');
    expect(await untilWaiting(stack(), id, 0)).toEqual([]);
    expect(requestsTo('/broken')).toHaveLength(1);
    receiver.respond(status(410));
    expect((await test(id)).body).toMatchObject({ outcome: 'failure', detail: 'answered 410' });
    const { enabled, health } = (await stack().call('GET', `subscriptions/${id}`)).body;
    expect({ enabled, health }).toMatchObject({
      enabled: true,
      health: { mode: 'paced', reason: 'new', lastFailureAt: null, lastFailure: null },
    });
    expect(await flowStore(stack().table).get(id)).toBeNull();
  });

  it('responds with 429 and sends nothing when a subscription is tested twice at once', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/twice'), events: ['a'] });
    const answers = await Promise.all([testNow(id), testNow(id)]);
    const [sent, rejected] = answers.toSorted((one, other) => one.status - other.status);
    expect(sent?.status).toBe(200);
    expect(rejected?.status).toBe(429);
    expect(rejected?.headers.get('retry-after')).toBe('1');
    expect(rejected?.body).toMatchObject({ title: 'Too many requests', status: 429 });
    expect(requestsTo('/twice')).toHaveLength(1);
  });

  it('works for a disabled subscription, and for one whose condition does not hold', async () => {
    const { id } = await stack().subscribe({
      url: receiver.url('/off'),
      events: ['a'],
      enabled: false,
      condition: 'data.total > 10',
    });
    expect((await test(id, { data: { total: 1 } })).body.outcome).toBe('success');
    expect((await preview(id, { data: { total: 1 } })).body.conditionHolds).toBe(false);
    expect((await preview(id, { data: { total: 11 } })).body.conditionHolds).toBe(true);
    expect(requestsTo('/off')).toHaveLength(1);
  });

  it('sends samples, and what was published only if it is asked for', async () => {
    const secret = { type: 'private.made', data: { customer: 'Northwind' }, actor: { id: 7 } };
    const eventId = (await stack().publish(secret)).body.id;
    await stack().storedEvent(eventId);
    const path = '/samples';
    const { id } = await stack().subscribe({ url: receiver.url(path), events: ['private.*'] });
    const dataOf = async (body?: unknown) => JSON.parse((await test(id, body)).body.request.body);
    expect(await dataOf()).toMatchObject({ type: 'private.test', data: {} });
    expect(await dataOf({ event: 'private.made' })).toMatchObject({ type: 'private.made', data: {} });
    await register('private.bare', '');
    await register('private.sampled', '{"customer": "Example"}');
    expect(await dataOf()).toMatchObject({ type: 'private.sampled', data: { customer: 'Example' } });
    for (const { body } of requestsTo(path)) expect(body).not.toContain('Northwind');

    const copy = await dataOf({ eventId });
    expect(copy).toMatchObject({ type: 'private.made', data: { customer: 'Northwind' }, actor: { id: 7 } });
    // So that a receiver that has seen the event accepts its copy.
    expect(requestsTo(path).at(-1)?.headers['webhook-id']).not.toBe(eventId);
  });

  it('sends no published event to an endpoint that would not receive it', async () => {
    const eventId = (await stack().publish({ type: 'private.made', data: { total: 5 } })).body.id;
    await stack().storedEvent(eventId);
    const url = receiver.url('/others');
    const other = await stack().subscribe({ url, events: ['public.*'] });
    const picky = await stack().subscribe({ url, events: ['private.*'], condition: 'data.total > 10' });
    const answers = [await test(other.id, { eventId }), await test(picky.id, { eventId })];
    expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
      [409, 'The subscription receives no events of the type "private.made".'],
      [409, "The subscription's condition does not hold for the event."],
    ]);
    expect(requestsTo('/others')).toEqual([]);
  });

  it('marks only tests: other requests have no such header, and no subscription can set it', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/unmarked'), events: ['unmarked'] });
    await stack().publish({ type: 'unmarked', data: {} });
    const [request] = await receiver.waitFor(1, to('/unmarked'));
    expect(request?.headers).not.toHaveProperty('ancrage-test');
    const patch = { headers: { 'Ancrage-Test': 'true' } };
    const { status: refused, body } = await stack().call('PATCH', `subscriptions/${id}`, patch);
    expect([refused, body.errors[0].message]).toEqual([422, 'is a reserved header']);
  });

  it('takes for a preview the latest event with its actor and changes, or else a sample, or else empty data', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/made'), events: ['made.*'] });
    expect((await preview(id)).body.event.type).toBe('made.test');
    expect(JSON.parse((await preview(id)).body.request.body)).toMatchObject({ type: 'made.test', data: {} });
    await register('made.new', '{"n": 1.0}');
    const sample = (await preview(id)).body;
    expect(sample.event.type).toBe('made.new');
    expect(sample.request.body).toContain('"data":{"n":1.0}');
    const event = { type: 'made.new', data: { n: 2 }, previous: { n: 1 }, actor: { id: 7 } };
    await register('made.a', '{}');
    const published = (await stack().publish(event)).body.id;
    await stack().storedEvent(published);
    const real = (await preview(id)).body;
    expect(JSON.parse(real.request.body)).toMatchObject({
      data: { n: 2 },
      changes: { n: { from: 1, to: 2 } },
      actor: { id: 7 },
    });
    // Another event id, so that a receiver that has seen the first event accepts this one.
    expect(real.event.id).not.toBe(published);
    await receiver.waitFor(1, to('/made'));
  });

  it('shows the request that a published event led to, except for the time of its signature', async () => {
    const { id, secret } = await stack().subscribe({
      url: receiver.url('/exact'),
      events: ['exact'],
      method: 'PUT',
      headers: { 'X-Team': 'finance', 'x-token': 'hush' },
    });
    const eventId = (await stack().publish({ type: 'exact', data: { n: 1 } })).body.id;
    const [sent] = await receiver.waitFor(1, to('/exact'));
    const { body } = await preview(id, { eventId });
    expect(body.event.id).toBe(eventId);
    expect(body.request).toMatchObject({ method: 'PUT', url: receiver.url('/exact'), body: sent?.body });
    expect(body.request.headers).toMatchObject({
      'x-team': '***',
      'x-token': '***',
      'webhook-id': sent?.headers['webhook-id'],
      'content-type': sent?.headers['content-type'],
      'user-agent': sent?.headers['user-agent'],
    });
    verify(secret, { ...body.request, path: '' });
    expect(requestsTo('/exact')).toHaveLength(1);
  });

  it('shows the request of settings that are not saved yet', async () => {
    const path = 'subscriptions/preview';
    const url = receiver.url('/draft');
    const subscription = { url, events: ['draft.*'], format: 'data', condition: 'data.n > 1' };
    const asked = { event: 'draft.made', data: { n: 1 } };
    const { body } = await stack().call('POST', path, { subscription, ...asked });
    expect(body).toMatchObject({ conditionHolds: false, request: { method: 'POST', url, body: '{"n":1}' } });
    const faulty = { ...subscription, condition: 'data.n >', url: 'ftp://x' };
    const refused = await stack().call('POST', path, { subscription: faulty, ...asked });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'subscription.condition',
      'subscription.url',
    ]);
    const all = (await stack().call('GET', `subscriptions?event=draft.made`)).body.data;
    expect(all).toEqual([]);
  });

  it('reports why no request can be made', async () => {
    const { id } = await stack().subscribe({
      url: receiver.url('/never'),
      events: ['a'],
      format: 'template',
      template: '{"t": "{{ doc.title }}"}',
    });
    const given = { data: { title: 'He said "hi"' } };
    const detail =
      "The template did not render JSON, from its line 1: Expecting ',' delimiter: line 1 column 17 (char 16), " +
      'here: {"t": "He said "⟪⟫hi""}';
    expect((await preview(id, given)).body).toMatchObject({
      conditionHolds: true,
      request: null,
      error: 'render',
      detail,
      fault: { setting: 'template', line: 1 },
    });
    expect((await test(id, given)).body).toMatchObject({ outcome: 'failure', error: 'render', detail });
    expect((await test(id, given)).body.response).toBeNull();
    const [logged] = (await stack().get(`subscriptions/${id}/attempts`)).data;
    expect(logged).toMatchObject({ error: 'render', detail });
    expect(requestsTo('/never')).toEqual([]);
  });

  it('has a paused endpoint probed at once when the test request succeeds', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/back'), events: ['back'] });
    await makePaused(stack(), id);
    await sendNumbered(stack(), 'back', 0, 1);
    await untilWaiting(stack(), id, 1);
    const dueAt = () =>
      eventually('the pump does not run', async () => {
        const item = await flowStore(stack().table).get(id);
        if (item === null || item.leaseEnds !== null) throw new Error(JSON.stringify(item));
        return item.dueAt;
      });
    receiver.respond(status(503));
    const before = await dueAt();
    expect(before).toBeGreaterThan(Date.now());
    expect((await test(id)).body.outcome).toBe('failure');
    expect(await dueAt()).toBe(before);
    receiver.respond(status(200));
    expect((await test(id)).body.outcome).toBe('success');
    await untilMode(stack(), id, 'paced');
    await untilWaiting(stack(), id, 0);
    expect(await stack().attempts(id, 3)).toMatchObject([
      { trigger: 'event', outcome: 'success' },
      { trigger: 'test', outcome: 'success' },
      { trigger: 'test', outcome: 'failure' },
    ]);
  });

  it('ends the pause of an endpoint for which nothing waits when the test request succeeds', async () => {
    const { id } = await stack().subscribe({ url: receiver.url('/back-again'), events: ['back-again'] });
    await makePaused(stack(), id);
    receiver.respond(status(200));
    expect((await test(id)).body.outcome).toBe('success');
    await untilMode(stack(), id, 'paced');
  });

  it.each([
    ['an invalid event type', { event: 'a..b' }, 'event'],
    ['data that is not an object', { data: [1] }, 'data'],
    ['an unknown field', { type: 'a' }, ''],
    ['an id with control characters', { eventId: 'a\u0000' }, 'eventId'],
    ['an event beside an event type', { eventId: 'a', event: 'b' }, 'eventId'],
  ])('rejects %s', async (_, body, path) => {
    const { id } = await stack().subscribe({ url: receiver.url('/refused'), events: ['a'] });
    const answer = await preview(id, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });

  it('responds with 404 or 422 for an unknown subscription or event', async () => {
    expect((await test('sub_none')).status).toBe(404);
    expect((await preview('sub_none')).status).toBe(404);
    const { id } = await stack().subscribe({ url: receiver.url('/there'), events: ['a'] });
    expect((await preview(id, { eventId: 'none' })).status).toBe(404);
    expect((await test(id, { eventId: 'none' })).status).toBe(404);
  });
});

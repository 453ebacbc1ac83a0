import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Respond, status, to, useReceiver } from '../support/receiver.ts';
import { sqsRecord } from '../support/sqs-record.ts';
import { useStack } from '../support/stack.ts';
import { beginNow, lookAgainNow, untilWaiting, waitingOf } from '../support/waiting.ts';

const PERSONAL = 'ada@example.com';
const ADA = { id: 7, name: 'Ada', email: PERSONAL };

describe('an erasure', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const erase = (id: string) => stack().call('DELETE', `events/${id}/data`);
  const shown = (id: string) => stack().get(`events/${id}`);
  const attemptsOf = async (id: string) => (await stack().get(`events/${id}/attempts`)).data;
  const subscribe = (type: string, settings: object = {}) =>
    stack().subscribe({ url: receiver.url(`/${type}`), events: [type], ...settings });
  const publish = (type: string, more: object = {}) =>
    stack().publish({ type, actor: ADA, data: { who: PERSONAL }, orderingKey: PERSONAL, ...more });
  /** An answer that repeats the request. */
  const echo =
    (code: number): Respond =>
    (request, response) =>
      response.writeHead(code, { 'x-who': PERSONAL }).end(request.body);
  const untilAttempted = (id: string, count: number) =>
    eventually(`${count} attempts of ${id}`, async () => expect(await attemptsOf(id)).toHaveLength(count));
  const untilDone = (id: string) =>
    eventually('the erasure is done', async () => {
      const found = await stack().get(`erasures/${id}`);
      expect(found.state).toBe('done');
      return found;
    });

  it('leaves of an event what happened to it, and ends what waits', async () => {
    receiver.respond(echo(503));
    const failing = await subscribe('left', { retry: [600] });
    const url = receiver.url('/left/ok');
    const delivered = await stack().subscribe({ url, events: ['left'], log: 'full' });
    const held = await stack().subscribe({ url: receiver.url('/left/held'), events: ['left'], paused: true });
    receiver.respond((request, response) => echo(to('/left/ok')(request) ? 200 : 503)(request, response));
    const once = { id: 'left-1', source: '/erp', previous: { who: 'Bob' } };
    const event = (await publish('left', once)).body.id;
    await untilAttempted(event, 2);
    // The pump records an attempt before it puts the next one into the mailbox.
    await eventually('the retry waits', async () =>
      expect(await waitingOf(stack().table, failing.id)).toMatchObject([{ number: 2 }]),
    );
    await untilWaiting(stack(), held.id, 1);

    expect((await erase(event)).status).toBe(204);
    const after = await shown(event);
    expect(after).toEqual({
      ...{ id: event, type: 'left', source: '/erp', publisherId: 'left-1' },
      ...{ time: expect.any(String), acceptedAt: expect.any(String), erasedAt: expect.any(String) },
      deliveries: expect.any(Array),
    });
    const states = Object.fromEntries(
      after.deliveries.map(({ subscriptionId, state, nextAttemptAt }: Record<string, string>) => [
        subscriptionId,
        [state, nextAttemptAt],
      ]),
    );
    expect(states).toEqual({
      [failing.id]: ['erased', null],
      [delivered.id]: ['delivered', null],
      [held.id]: ['erased', null],
    });
    for (const attempt of await attemptsOf(event)) {
      const whole = await stack().get(`events/${event}/attempts/${attempt.id}`);
      expect(whole).toEqual(attempt);
      const rest = { headers: {}, body: '', truncated: 'erased' };
      expect(whole).toMatchObject({
        request: { method: 'POST', url: '', ...rest },
        response: { status: whole.outcome === 'success' ? 200 : 503, ...rest },
        nextAttemptAt: null,
      });
    }
    const lists = [failing, delivered].map(({ id }) => stack().get(`subscriptions/${id}/attempts`));
    expect(JSON.stringify(await Promise.all(lists))).not.toContain(PERSONAL);
    for (const { id } of [failing, held]) expect(await waitingOf(stack().table, id)).toEqual([]);

    const before = receiver.requests.length;
    await stack().done('PATCH', `subscriptions/${held.id}`, { paused: false });
    expect(await stack().call('POST', `events/${event}/replay`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/erased/) },
    });
    const preview = `subscriptions/${held.id}/preview`;
    expect((await stack().call('POST', preview, { eventId: event })).status).toBe(409);
    expect((await stack().call('GET', 'event-types/left/samples')).text).not.toContain(PERSONAL);
    // Its id is still taken.
    await publish('left', once);
    await stack().idle('events', 'internal', 'deliveries', 'retries', 'pumps');
    expect(receiver.requests.slice(before)).toEqual([]);
    expect((await erase(event)).status).toBe(204);
    expect(await shown(event)).toEqual(after);
    expect((await erase('unknown')).status).toBe(204);
  });

  it('also erases what an attempt records that was under way', async () => {
    const answered = Promise.withResolvers<void>();
    receiver.respond((request, response) => void answered.promise.then(() => echo(500)(request, response)));
    const { id } = await subscribe('racing', { retry: [600] });
    const event = (await publish('racing')).body.id;
    await receiver.waitFor(1, to('/racing'));
    expect((await erase(event)).status).toBe(204);
    answered.resolve();
    await untilAttempted(event, 1);
    expect(JSON.stringify(await attemptsOf(event))).not.toContain(PERSONAL);
    const listed = async () => JSON.stringify(await stack().get(`subscriptions/${id}/attempts`));
    expect(await listed()).toContain(PERSONAL);
    await untilWaiting(stack(), id, 1);
    await beginNow(stack(), `#${event}"`);
    await eventually('the record is erased, too', async () => expect(await listed()).not.toContain(PERSONAL));
    expect(await waitingOf(stack().table, id)).toEqual([]);
    expect((await shown(event)).deliveries).toMatchObject([
      { subscriptionId: id, state: 'erased', attempts: 1, nextAttemptAt: null },
    ]);
  });

  it('erases the copy that a test request has', async () => {
    receiver.respond(echo(200));
    const { id } = await subscribe('tested', { paused: true });
    const published = (await publish('tested')).body.id;
    await stack().storedEvent(published);
    const { eventId, request } = await stack().done('POST', `subscriptions/${id}/test`, {
      eventId: published,
    });
    expect(eventId).not.toBe(published);
    expect(request.body).toContain(PERSONAL);
    expect((await erase(eventId)).status).toBe(204);
    expect(JSON.stringify(await stack().get(`subscriptions/${id}/attempts`))).not.toContain(PERSONAL);
  });

  it('of an actor covers all of its events, and no others', async () => {
    receiver.respond(status(200));
    const ofAda = ['ada-1', 'ada-2'];
    await stack().publish([
      ...ofAda.map((id) => ({ id, type: 'acted', actor: ADA, data: { who: PERSONAL } })),
      { id: 'bob-1', type: 'acted', actor: { ...ADA, id: '7' }, data: { who: 'Bob' } },
      { id: 'none-1', type: 'acted', data: { who: 'nobody' } },
    ]);
    await eventually('all are in the log', async () =>
      expect((await stack().get('events?type=acted')).data).toHaveLength(4),
    );
    const started = await stack().call('POST', 'erasures', { actor: { id: 7, email: PERSONAL } });
    expect(started).toMatchObject({
      status: 202,
      body: { state: 'running', examined: 0, erased: 0, actor: { id: 7, email: PERSONAL } },
    });
    const { id } = started.body;
    await lookAgainNow(stack(), id);
    const job = await untilDone(id);
    expect(job.actor).toBeNull();
    const { data } = await stack().get(`events?until=${job.requestedAt}&limit=100`);
    // One is of another test.
    expect(job).toMatchObject({ examined: data.length, erased: 3 });
    expect((await stack().get('erasures')).data).toContainEqual(job);
    for (const id of ofAda) expect(await shown(id)).toHaveProperty('erasedAt');
    for (const id of ['bob-1', 'none-1']) expect(await shown(id)).toHaveProperty('data.who');
  });

  it('of an actor looks again at what was stored meanwhile, while another one may run', async () => {
    receiver.respond(status(200));
    const requestedAt = Date.now();
    const start = async (id: number) => {
      const { body } = await stack().call('POST', 'erasures', { actor: { id } });
      return body.id;
    };
    const eve = await start(9);
    const body = JSON.stringify({
      project: stack().project,
      id: 'late',
      type: 'acted',
      actor: { id: 9 },
      data: {},
    });
    const record = sqsRecord('events', { messageId: 'late', body, sentAt: requestedAt });
    await stack().functions.invoke('fan-out', { Records: [record] });
    await lookAgainNow(stack(), eve);
    const other = await start(10);
    expect(await untilDone(eve)).toMatchObject({ erased: 1 });
    expect(await shown('late')).toHaveProperty('erasedAt');
    await lookAgainNow(stack(), other);
    await untilDone(other);
  });

  it('needs a key that may manage, and an actor', async () => {
    const { secret: bearer } = await stack().newKey(['read']);
    for (const [method, path, body] of [
      ['DELETE', 'events/ada-1/data', undefined],
      ['POST', 'erasures', { actor: { id: 7 } }],
      ['GET', 'erasures', undefined],
    ] as const)
      expect((await stack().call(method, path, body, { bearer })).status).toBe(403);
    for (const body of [{}, { actor: {} }, { actor: { id: null } }, { actor: { role: 'x' } }])
      expect((await stack().call('POST', 'erasures', body)).status).toBe(422);
    expect((await stack().call('GET', 'erasures/era_unknown')).status).toBe(404);
  });
});

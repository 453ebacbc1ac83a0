import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  type ReceivedRequest,
  type Receiver,
  startReceiver,
  status,
  to,
  useReceiver,
} from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { makeDirect } from '../support/waiting.ts';

/** Operational events name other subscriptions: who subscribed to `*` did not ask for them. */
describe('an operational event', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const EXHAUSTED = 'ancrage.delivery.exhausted';
  const ids: Record<string, string> = {};
  const subscribe = async (name: string, events: readonly string[], settings: object = {}) => {
    const { id } = await stack().subscribe({ url: receiver.url(`/${name}`), events, ...settings });
    ids[name] = id;
  };
  const told = (name: string) =>
    receiver.requests.filter(to(`/${name}`)).filter(({ body }) => body.includes(EXHAUSTED)).length;
  /** Have one delivery fail for good. Return the id of the operational event once its fan-out is over. */
  const exhaust = async (type: string, times: number): Promise<string> => {
    await stack().publish({ type, data: {} });
    for (const name of ['prefix', 'exact']) await receiver.waitFor(times, ofExhausted(name));
    await stack().settled();
    const { data } = await stack().get(`events?type=${EXHAUSTED}&limit=1`);
    return data[0].id;
  };
  const ofExhausted = (name: string) => (request: { path: string; body: string }) =>
    to(`/${name}`)(request) && request.body.includes(EXHAUSTED);
  let eventId = '';
  const others: Receiver[] = [];
  /** Start another server, which fails. */
  const newFailing = async () => {
    const failing = await startReceiver();
    others.push(failing);
    failing.respond(status(500));
    return failing;
  };
  afterAll(() => Promise.all(others.map((each) => each.stop())));

  beforeAll(async () => {
    receiver.respond((request, response) =>
      status(request.path.startsWith('/failing') ? 500 : 200)(request, response),
    );
    await subscribe('failing', ['doomed'], { retry: 'none' });
    await subscribe('everything', ['*']);
    await subscribe('everything-if', ['*'], { condition: 'True' });
    await subscribe('both', ['*', 'ancrage.*']);
    await subscribe('both-if', ['*', 'ancrage.*'], { condition: 'data.eventType == "doomed"' });
    await subscribe('both-unless', ['*', EXHAUSTED], { condition: 'data.eventType != "doomed"' });
    await subscribe('prefix', ['ancrage.*']);
    await subscribe('exact', [EXHAUSTED]);
    await makeDirect(stack(), ids.failing ?? '');
    eventId = await exhaust('doomed', 1);
  });

  it('reaches the subscriptions that name it or a prefix of it, once each, and none that has only a bare *', () => {
    const names = Object.keys(ids).filter((name) => name !== 'failing');
    expect(Object.fromEntries(names.map((name) => [name, told(name)]))).toEqual({
      ...{ everything: 0, 'everything-if': 0 },
      ...{ both: 1, 'both-if': 1, 'both-unless': 0 },
      ...{ prefix: 1, exact: 1 },
    });
    // The subscriptions to everything got the event that failed.
    for (const name of ['everything', 'everything-if', 'both'])
      expect(receiver.requests.filter(to(`/${name}`)).some(({ body }) => body.includes('"doomed"'))).toBe(
        true,
      );
  });

  it('cannot be replayed to a bare *', async () => {
    const replay = (name: string) =>
      stack().call('POST', `events/${eventId}/replay`, { subscriptionId: ids[name] });
    expect((await replay('everything')).status).toBe(422);
    expect((await stack().call('POST', `events/${eventId}/replay`, {})).status).toBe(202);
    await receiver.waitFor(2, ofExhausted('prefix'));
    await receiver.waitFor(2, ofExhausted('both'));
    await stack().settled();
    expect([told('everything'), told('everything-if')]).toEqual([0, 0]);
    const since = new Date(0).toISOString();
    const path = `subscriptions/${ids.everything}`;
    const job = await stack().done('POST', `${path}/replay`, { since, only: 'all' });
    await stack().finishedJob(ids.everything ?? '', job.id);
    await stack().settled();
    expect(told('everything')).toBe(0);
  });

  it('still reaches a subscription that narrows or widens its patterns', async () => {
    const change = (name: string, events: readonly string[]) =>
      stack().done('PATCH', `subscriptions/${ids[name]}`, { events });
    await change('both', ['ancrage.*']);
    await change('prefix', ['*', 'ancrage.*']);
    const [both, prefix] = [told('both'), told('prefix')];
    // Workers know a subscription as it was at most ten seconds ago.
    await eventually('both get an operational event', async () => {
      // Each server is reported once in five minutes.
      await stack().subscribe({ url: (await newFailing()).url(), events: ['doomed'], retry: 'none' });
      await stack().publish({ type: 'doomed', data: {} });
      await stack().settled();
      expect(told('both')).toBeGreaterThan(both);
      expect(told('prefix')).toBeGreaterThan(prefix);
    });
    const { data } = await stack().get(`subscriptions?event=${EXHAUSTED}`);
    expect(data.map(({ id }: { id: string }) => id).sort()).toEqual(
      ['both', 'both-if', 'both-unless', 'prefix', 'exact'].map((name) => ids[name]).sort(),
    );
  });

  it('is one for all the failures of a server within five minutes, whatever their paths', async () => {
    const SUBSCRIBERS = 25;
    const crowd = await newFailing();
    for (let n = 0; n < SUBSCRIBERS; n++)
      await stack().subscribe({
        url: crowd.url(n % 2 === 0 ? `/${n}` : `/?of=${n}`),
        events: ['crowd', EXHAUSTED],
        retry: 'none',
      });
    await stack().publish({ type: 'crowd', data: {} });
    await stack().settled();
    const operational = crowd.requests.filter(({ body }) => body.includes(EXHAUSTED));
    expect(crowd.requests.length - operational.length).toBeGreaterThanOrEqual(SUBSCRIBERS);
    // Two if the interval ends meanwhile.
    const events = new Set(operational.map(({ headers }) => headers['webhook-id']));
    expect(events.size).toBeGreaterThanOrEqual(1);
    expect(events.size).toBeLessThanOrEqual(2);
    expect(operational.length).toBeLessThanOrEqual(2 * SUBSCRIBERS);
  });

  it('cannot be prevented by an event that takes its id first', async () => {
    const taken = { id: 'ancrage_4fd0e2', type: 'doomed', data: {} };
    const refused = await stack().publish(taken);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'id' }] } });
    await stack().sendEvent(taken);
    await stack().settled();
    expect((await stack().call('GET', 'events/ancrage_4fd0e2')).status).toBe(404);
  });
});

describe('an operational event about an event that a subscriber may not see', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const EXHAUSTED = 'ancrage.delivery.exhausted';
  const HIDDEN = /confidential/i;
  const told = (path: string) =>
    receiver.requests.filter(({ path: requested }) => requested.startsWith(path));
  const everythingOf = (path: string) => JSON.stringify(told(path));
  const isReport = ({ headers }: ReceivedRequest) => headers['webhook-id'] !== 'confidential-id';
  /** Subscriptions that see the event, and others that do not, by the paths of their URLs. */
  const ids: Record<string, string> = {};
  const subscribe = async (path: string, events: readonly string[], settings: object = {}) => {
    const url = receiver.url(path);
    ids[path] = (await stack().subscribe({ url, events, signature: 'standard', ...settings })).id;
  };
  const TEMPLATE =
    '{"id": "{{ data.eventId }}", "type": "{{ event.data.eventType }}", "all": "{{ event.data }}{{ doc }}"}';
  const FORMATS = {
    standard: {},
    data: {},
    cloudevents: {},
    weavy: {},
    hirehop: {},
    fields: {
      fields: [
        { key: 'id', fieldname: 'eventId' },
        { key: 'type', fieldname: 'eventType' },
      ],
    },
    template: { template: TEMPLATE },
  };
  let operationalId = '';

  beforeAll(async () => {
    receiver.respond(({ path }, response) => {
      const code = path.startsWith('/failing') ? 500 : 200;
      response.writeHead(code, { 'x-answer': 'confidential-header' }).end('confidential answer');
    });
    const failing = { retry: 'none', headers: { 'x-credential': 'confidential-credential' } };
    await subscribe('/failing?token=confidential-token', ['confidential.type'], failing);
    for (const [format, settings] of Object.entries(FORMATS)) {
      await subscribe(`/blind/${format}`, ['ancrage.*', 'public.*'], { format, ...settings });
      await subscribe(`/seeing/${format}`, ['ancrage.*', 'confidential.*'], { format, ...settings });
    }
    const url = receiver.url('/blind/url?of={{ data.eventType }}');
    ids['/blind/url'] = (await stack().subscribe({ url, dynamicUrl: true, events: [EXHAUSTED] })).id;
    const condition = 'data.eventType == "confidential.type" or data.eventId';
    await subscribe('/blind/condition', ['ancrage.*'], { condition });
    await subscribe('/seeing/condition', ['*', 'ancrage.*'], { condition });
    await subscribe('/blind/without', ['ancrage.*'], { condition: 'not data.eventType' });
    await stack().publish({ type: 'confidential.type', id: 'confidential-id', data: { a: 'confidential' } });
    for (const path of Object.keys(ids).filter((each) => !/failing|blind.condition/.test(each)))
      await receiver.waitFor(1, (request) => request.path.startsWith(path) && isReport(request));
    await stack().settled();
    const { data } = await stack().get(`events?type=${EXHAUSTED}`);
    expect(data).toHaveLength(1);
    operationalId = data[0].id;
  });

  it('names it in no body, template, URL or condition, and to those that see it in all of them', () => {
    expect(everythingOf('/blind/')).not.toMatch(HIDDEN);
    expect(told('/blind/condition')).toEqual([]);
    expect(told('/blind/without')).toHaveLength(1);
    for (const format of Object.keys(FORMATS)) {
      const [seen] = told(`/seeing/${format}`).filter(isReport);
      expect(seen?.body).toMatch(/confidential-id.*confidential.type/);
      expect(told(`/blind/${format}`)).toHaveLength(1);
    }
  });

  it('names it in no replay', async () => {
    const before = told('/blind/data').length;
    await stack().done('POST', `events/${operationalId}/replay`, {});
    await receiver.waitFor(before + 1, ({ path }) => path === '/blind/data');
    const since = new Date(0).toISOString();
    for (const path of ['/blind/template', '/blind/condition', '/blind/url']) {
      const { id } = await stack().done('POST', `subscriptions/${ids[path]}/replay`, { since, only: 'all' });
      const job = await stack().finishedJob(ids[path] ?? '', id);
      expect(job.done).toBe(path === '/blind/condition' ? 0 : 1);
    }
    // Only the attempt looks at the condition.
    const subscriptionId = ids['/blind/condition'];
    await stack().done('POST', `events/${operationalId}/replay`, { subscriptionId });
    await stack().settled();
    expect(told('/blind/template').length).toBeGreaterThan(2);
    expect(told('/blind/condition')).toEqual([]);
    expect(everythingOf('/blind/')).not.toMatch(HIDDEN);
  });

  it('names it in no preview, test request or record of an attempt', async () => {
    for (const [path, id] of Object.entries(ids).filter(([each]) => each.startsWith('/blind/'))) {
      for (const choice of [{ eventId: operationalId }, { event: EXHAUSTED }]) {
        const preview = await stack().done('POST', `subscriptions/${id}/preview`, choice);
        expect(JSON.stringify(preview)).not.toMatch(HIDDEN);
        if (path === '/blind/without') expect(preview.conditionHolds).toBe(true);
      }
      const test = await stack().call('POST', `subscriptions/${id}/test`, { event: EXHAUSTED });
      expect(test.text).not.toMatch(/confidential[-.](id|type)/);
      const { data } = await stack().get(`subscriptions/${id}/attempts`);
      expect(JSON.stringify(data)).not.toMatch(/confidential[-.](id|type)/);
    }
    const subscription = { url: receiver.url('/draft'), events: ['ancrage.*'], format: 'data' };
    const draft = await stack().done('POST', 'subscriptions/preview', {
      subscription,
      eventId: operationalId,
    });
    expect(JSON.parse(draft.request.body)).toEqual({
      subscriptionId: ids['/failing?token=confidential-token'],
      attempts: 1,
    });
  });

  it('has no URL, header, response or text of an error, whoever reads it', async () => {
    const { data } = await stack().get(`events/${operationalId}`);
    expect(data).toEqual({
      subscriptionId: ids['/failing?token=confidential-token'],
      eventId: 'confidential-id',
      eventType: 'confidential.type',
      attempts: 1,
    });
  });
});

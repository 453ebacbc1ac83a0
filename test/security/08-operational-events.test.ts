import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
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
    let endpoints = 0;
    await eventually('both get an operational event', async () => {
      // Each endpoint is reported once in five minutes.
      await subscribe(`failing/${++endpoints}`, ['doomed'], { retry: 'none' });
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

  it('is one for all the failures of an endpoint within five minutes', async () => {
    const SUBSCRIBERS = 25;
    for (let n = 0; n < SUBSCRIBERS; n++)
      await stack().subscribe({
        url: receiver.url('/failing/crowd'),
        events: ['crowd', EXHAUSTED],
        retry: 'none',
      });
    await stack().publish({ type: 'crowd', data: {} });
    await stack().publish({ type: 'crowd', data: {} });
    await stack().settled();
    const sent = receiver.requests.filter(to('/failing/crowd'));
    const operational = sent.filter(({ body }) => body.includes(EXHAUSTED));
    expect(sent.length - operational.length).toBeGreaterThanOrEqual(SUBSCRIBERS);
    // Two if the interval ends meanwhile.
    const events = new Set(operational.map(({ headers }) => headers['webhook-id']));
    expect(events.size).toBeGreaterThanOrEqual(1);
    expect(events.size).toBeLessThanOrEqual(2);
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

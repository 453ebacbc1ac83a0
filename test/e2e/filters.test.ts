import { describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { untilWaiting } from '../support/waiting.ts';

describe('the filter', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const get = (path: string) => stack().get(path);
  const named = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name);

  it('?event= and ?enabled= lists the subscriptions that match a type', async () => {
    const url = receiver.url('/nobody');
    await stack().subscribe({ url, name: 'exact', events: ['quote.sent'] });
    await stack().subscribe({ url, name: 'wildcard', events: ['quote.*'] });
    await stack().subscribe({ url, name: 'other', events: ['quote'] });
    await stack().subscribe({ url, name: 'off', events: ['*'], enabled: false });
    expect(named(await get('subscriptions?event=quote.sent'))).toEqual(['off', 'wildcard', 'exact']);
    expect(named(await get('subscriptions?event=quote.sent&enabled=true'))).toEqual(['wildcard', 'exact']);
    expect(named(await get('subscriptions?enabled=false'))).toEqual(['off']);
    const first = await get('subscriptions?event=quote.sent&limit=1');
    const next = await get(`subscriptions?event=quote.sent&limit=5&cursor=${first.cursor}`);
    expect([...named(first), ...named(next)]).toEqual(['off', 'wildcard', 'exact']);
    const { status } = await stack().call('GET', `subscriptions?enabled=true&cursor=${first.cursor}`);
    expect(status).toBe(400);
  });

  it('?state= lists subscriptions in a state, also one whose URL is a template and encrypted', async () => {
    const url = receiver.url('/{{ doc.id }}?token=0123456789abcdef');
    await stack().subscribe({ url, dynamicUrl: true, name: 'rendered', events: ['state'] });
    await stack().subscribe({ url: receiver.url(), paused: true, name: 'resting', events: ['state'] });
    expect(named(await get('subscriptions?event=state&state=healthy'))).toEqual(['rendered']);
    expect(named(await get('subscriptions?event=state&state=paused'))).toEqual(['resting']);
  });

  it('?outcome= lists the attempts that succeeded or failed, and ?state=pending the deliveries that are due later', async () => {
    receiver.respond((request, response) =>
      response.writeHead(JSON.parse(request.body).data.n === 2 ? 500 : 200).end(),
    );
    const subscription = { url: receiver.url(), events: ['tried'], retry: [3600] };
    const { id } = await stack().subscribe(subscription);
    for (const n of [1, 2, 3]) await stack().publish({ type: 'tried', id: `tried-${n}`, data: { n } });
    const of = async (query: string) =>
      (await get(`subscriptions/${id}/${query}`)).data.map(({ eventId }: { eventId: string }) => eventId);
    await stack().attempts(id, 3);
    expect(await of('attempts?outcome=failure')).toEqual(['tried-2']);
    expect((await of('attempts?outcome=success')).toSorted()).toEqual(['tried-1', 'tried-3']);
    expect(await of('attempts?until=2001-01-01T00:00:00Z')).toEqual([]);
    expect(await of('attempts?since=2001-01-01T00:00:00Z&outcome=failure')).toEqual(['tried-2']);
    // An attempt is recorded before its entry leaves the mailbox.
    await untilWaiting(stack(), id, 1);
    expect(await of('deliveries?state=pending')).toEqual(['tried-2']);
    await stack().call('PATCH', `subscriptions/${id}`, { enabled: false });
    expect(await of('deliveries?state=pending')).toEqual([]);
  });

  it('?type=&since=&until= lists the events of a type that were accepted in a period', async () => {
    const accepted: string[] = [];
    for (const n of [1, 2, 3]) {
      await stack().publish({ type: 'dated', id: `dated-${n}`, data: {}, time: '2001-01-01T00:00:00Z' });
      await stack().publish({ type: 'undated', data: {} });
      accepted.push((await stack().storedEvent(`dated-${n}`)).acceptedAt);
    }
    const of = async (query: string) =>
      (await get(`events?type=dated${query}`)).data.map(({ id }: { id: string }) => id);
    expect(await of('')).toEqual(['dated-3', 'dated-2', 'dated-1']);
    expect(await of(`&since=${accepted[1]}`)).toEqual(['dated-3', 'dated-2']);
    expect(await of(`&until=${accepted[1]}`)).toEqual(['dated-2', 'dated-1']);
    expect(await of(`&since=${accepted[1]}&until=${accepted[1]}`)).toEqual(['dated-2']);
    const inParis = accepted[1]?.replace(/T(\d\d)(.*)Z$/, (_, hour: string, rest: string) =>
      Number(hour) === 0 ? `T00${rest}Z` : `T${String(Number(hour) - 1).padStart(2, '0')}${rest}-01:00`,
    );
    expect(await of(`&until=${encodeURIComponent(inParis ?? '')}`)).toEqual(['dated-2', 'dated-1']);
  });

  it.each([
    ['subscriptions?event=a..b', ['event']],
    ['subscriptions?event=a.*&enabled=maybe&limit=0', ['limit', 'event', 'enabled']],
    ['subscriptions/ID/attempts?outcome=perhaps&since=now', ['outcome', 'since']],
    ['subscriptions/ID/deliveries?state=done', ['state']],
    ['events?type=*', ['type']],
    ['events?since=yesterday&until=2026-01-01', ['since', 'until']],
    ['events?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z', ['until']],
    ['event-types?includeArchived=1', ['includeArchived']],
  ])('is rejected with every fault: %s', async (path, faults) => {
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['x'] });
    const { status, body } = await stack().call('GET', path.replace('ID', id));
    expect([status, body.errors?.map((fault: { path: string }) => fault.path)]).toEqual([422, faults]);
  });
});

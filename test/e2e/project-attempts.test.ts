import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

interface Shown {
  readonly id: string;
  readonly eventId: string;
  readonly subscriptionId: string;
  readonly subscriptionName: string | null;
  readonly at: string;
  readonly outcome: string;
  readonly trigger: string;
}

describe('the attempts of a project', () => {
  const stack = useStack();
  const receiver = useReceiver();

  /** Return all attempts that a list has. */
  const listed = async (query = '', list = 'attempts', limit = 100): Promise<Shown[]> => {
    const found: Shown[] = [];
    let cursor = '';
    do {
      const page = await stack().get(`${list}?limit=${limit}${query}${cursor}`);
      found.push(...page.data);
      cursor = page.cursor === null ? '' : `&cursor=${page.cursor}`;
    } while (cursor !== '');
    return found;
  };
  const idsOf = (attempts: readonly Shown[]) => attempts.map(({ id }) => id).toSorted();
  const isNewestFirst = (attempts: readonly Shown[]) =>
    attempts.every(({ at }, index) => index === 0 || at <= (attempts[index - 1] as Shown).at);

  it('are those of all its subscriptions: batches, failures, retries, replays and tests, and of no other project', async () => {
    receiver.respond(({ path, body }, response) => {
      const isFirst =
        receiver.requests.filter((other) => other.path === path && other.body === body).length === 1;
      response.writeHead(path === '/bad' || (path === '/flaky' && isFirst) ? 500 : 200).end();
    });
    const subscribe = (path: string, retry: unknown, events = ['listed']) =>
      stack().subscribe({ url: receiver.url(path), events, retry });
    const good = await subscribe('/good', 'none', ['listed', 'batched']);
    await stack().call('PATCH', `subscriptions/${good.id}`, { name: 'Good' });
    const bad = await subscribe('/bad', 'none');
    const flaky = await subscribe('/flaky', [1]);
    const other = await stack().newProject('other-attempts');
    const foreign = await stack().subscribe({ url: receiver.url('/other'), events: ['listed'] }, other);

    await stack().publish({ type: 'listed', id: 'alone', data: { n: 1 } });
    await stack().publish(Array.from({ length: 8 }, (_, n) => ({ type: 'batched', data: { n } })));
    await stack().publish({ type: 'listed', data: { n: 2 } }, other);
    await stack().call('POST', `subscriptions/${good.id}/test`);
    await stack().attempts(flaky.id, 2);
    await stack().attempts(good.id, 10);
    await stack().call('POST', `subscriptions/${good.id}/replay`, {
      since: '2001-01-01T00:00:00Z',
      only: 'all',
    });

    let all: Shown[] = [];
    await eventually('every attempt is listed', async () => {
      all = await listed();
      expect(all).toHaveLength(1 + 8 + 1 + 1 + 2 + 9);
    });
    expect(new Set(idsOf(all)).size).toBe(all.length);
    expect(await listed('', 'attempts', 4)).toEqual(all);
    for (const { id } of [good, bad, flaky]) {
      const own = await listed('', `subscriptions/${id}/attempts`);
      expect(idsOf(all.filter(({ subscriptionId }) => subscriptionId === id))).toEqual(idsOf(own));
      expect(idsOf(await listed(`&subscription=${id}`))).toEqual(idsOf(own));
    }
    for (const { subscriptionId, subscriptionName } of all)
      expect(subscriptionName).toBe(subscriptionId === good.id ? 'Good' : null);
    expect(new Set(all.map(({ trigger }) => trigger))).toEqual(new Set(['event', 'retry', 'replay', 'test']));

    const failures = await listed('&outcome=failure');
    expect(isNewestFirst(failures)).toBe(true);
    expect(failures.map(({ subscriptionId }) => subscriptionId).toSorted()).toEqual(
      [bad.id, flaky.id].toSorted(),
    );
    expect(await listed('&type=batched')).toHaveLength(16);
    expect(await listed(`&type=listed&outcome=success&subscription=${flaky.id}`)).toHaveLength(1);
    const { at } = failures[0] as Shown;
    expect(await listed(`&outcome=failure&since=${at}`)).toHaveLength(1);
    expect(await listed(`&outcome=failure&until=${at}`)).toHaveLength(2);
    expect(idsOf([...(await listed(`&since=${at}`)), ...(await listed(`&until=${at}`))])).toEqual(
      expect.arrayContaining(idsOf(all)),
    );

    const ofOther = await stack().get(`/v1/projects/${other}/attempts`);
    expect(ofOther.data.map(({ subscriptionId }: Shown) => subscriptionId)).toEqual([foreign.id]);
    const { secret: stranger } = await stack().newKey(['read'], other);
    const refused = await stack().call('GET', 'attempts', undefined, { bearer: stranger });
    expect(refused.status).toBe(404);
    const { secret: reader } = await stack().newKey(['read']);
    const read = await stack().call('GET', 'attempts?limit=1', undefined, { bearer: reader });
    expect([read.status, read.body.data.length]).toEqual([200, 1]);
  });

  it('are shown erased once the data of their event is erased', async () => {
    await stack().subscribe({ url: receiver.url('/erased'), events: ['erased'] });
    await stack().publish({ type: 'erased', id: 'to-erase', data: { name: 'Ada' } });
    await eventually('the attempt is listed', async () =>
      expect(await listed('&type=erased')).toHaveLength(1),
    );
    await stack().call('DELETE', 'events/to-erase/data');
    await eventually('its request is erased', async () => {
      const [attempt] = (await stack().get('attempts?type=erased')).data;
      expect(attempt.request).toMatchObject({ body: '', truncated: 'erased' });
    });
  });

  it.each([
    ['attempts?outcome=perhaps&type=a..b&since=now', ['outcome', 'type', 'since']],
    ['attempts?event=listed', ['event']],
    ['attempts?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z', ['until']],
  ])('are not listed for %s', async (path, faults) => {
    const { status, body } = await stack().call('GET', path);
    expect(status).toBe(422);
    expect(body.errors.map((error: { path: string }) => error.path).toSorted()).toEqual(faults.toSorted());
  });

  it('refuse the cursor of another filter', async () => {
    const { cursor } = await stack().get('attempts?limit=1');
    expect((await stack().call('GET', `attempts?outcome=failure&cursor=${cursor}`)).status).toBe(400);
  });
});

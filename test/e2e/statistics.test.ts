import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('statistics', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const get = async (path: string, options = {}) => stack().call('GET', path, undefined, options);

  it('count deliveries that succeeded, that are retried and that failed, without test requests', async () => {
    receiver.respond(({ path }, response) => response.writeHead(path === '/good' ? 200 : 500).end());
    const good = await stack().subscribe({ url: receiver.url('/good'), events: ['counted'] });
    const bad = await stack().subscribe({ url: receiver.url('/bad'), events: ['counted'], retry: [3600] });
    await stack().subscribe({ url: receiver.url('/worse'), events: ['counted'], retry: 'none' });
    for (let n = 0; n < 5; n++) await stack().publish({ type: 'counted', data: { n } });
    await stack().call('POST', `subscriptions/${good.id}/test`);
    const sums = async () => {
      const { data } = (await get('traffic')).body;
      const sum = (name: string) =>
        data.reduce((total: number, step: Record<string, number>) => total + (step[name] ?? 0), 0);
      return [sum('succeeded'), sum('retrying'), sum('failed')];
    };
    await eventually('the traffic adds up', async () => expect(await sums()).toEqual([5, 5, 5]));

    const { status, body } = await get('traffic');
    expect(status).toBe(200);
    expect(body.stepSeconds).toBe(300);
    // A day, of which the first and the last step are in part.
    expect(body.data).toHaveLength(289);
    expect(body.data.at(-1).p95Ms ?? body.data.at(-2).p95Ms).toBeGreaterThan(0);
    const hours = (await get('traffic?since=2001-01-01T00:00:00Z')).body;
    expect(hours.stepSeconds).toBe(3600);
    expect((await get('traffic?since=yesterday')).status).toBe(422);
    for (const span of ['since=9999-01-01T00:00:00Z', 'until=2001-01-01T00:00:00Z']) {
      const nothing = await get(`traffic?${span}`);
      expect([nothing.status, nothing.body.data]).toEqual([200, []]);
    }
    const backwards = await get('traffic?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z');
    expect([backwards.status, backwards.body.errors?.[0].path]).toEqual([422, 'until']);

    const stats = async (id: string) => (await get(`subscriptions/${id}/stats`)).body;
    expect(await stats(good.id)).toMatchObject({ attempts: 5, succeeded: 5, failed: 0 });
    expect(await stats(bad.id)).toMatchObject({ attempts: 5, succeeded: 0, failed: 5 });
    expect((await get('subscriptions/sub_none/stats')).status).toBe(404);
    await eventually('both failing subscriptions are listed', async () =>
      expect((await get('subscriptions?state=failing')).body.data).toHaveLength(2),
    );
    const healthy = (await get('subscriptions?state=healthy')).body.data;
    expect(healthy.map(({ id }: { id: string }) => id)).toEqual([good.id]);
    const { body: summary } = await get('summary');
    expect(summary).toMatchObject({
      subscriptions: { failing: { count: 2, more: false }, paused: { count: 0 }, disabled: { count: 0 } },
      failing: { data: [{ reason: 'errors', lastFailure: 'answered 500' }, {}], more: false },
      held: { more: false },
      lastHour: { attempts: 15, delivered: 5, failed: 5 },
      lastDay: { attempts: 15, delivered: 5, failed: 5 },
    });
    const waits = summary.failing.data.find(
      (each: { subscriptionId: string }) => each.subscriptionId === bad.id,
    );
    expect(waits).toMatchObject({ url: receiver.url('/bad'), held: 5 });
    await stack().call('PATCH', `subscriptions/${bad.id}`, { enabled: false });
    const disabled = (await get('subscriptions?state=disabled')).body.data;
    expect(disabled.map(({ id }: { id: string }) => id)).toEqual([bad.id]);
    expect((await get('summary')).body.subscriptions).toMatchObject({
      failing: { count: 1 },
      disabled: { count: 1 },
    });
  });

  it('tell a key what it is', async () => {
    const { secret, ...key } = await stack().done('POST', 'keys', { name: 'Console', scopes: ['read'] });
    expect((await get('/v1/key', { bearer: secret })).body).toEqual({ ...key, project: stack().project });
    expect((await get('/v1/key', { bearer: 'nobody' })).status).toBe(401);
    await stack().call('DELETE', `keys/${key.id}`);
    expect((await get('/v1/key', { bearer: secret })).status).toBe(401);
  });
});

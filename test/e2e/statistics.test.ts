import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

describe('statistics', () => {
  const stack = useStack();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  const get = async (path: string, options = {}) => stack().call('GET', path, undefined, options);

  it('count what was delivered, what is tried again and what has ended, tests apart', async () => {
    receiver.respond(({ path }, response) => response.writeHead(path === '/good' ? 200 : 500).end());
    const good = await stack().subscribe({ url: receiver.url('/good'), events: ['counted'] });
    const bad = await stack().subscribe({ url: receiver.url('/bad'), events: ['counted'], retry: [3600] });
    await stack().subscribe({ url: receiver.url('/worse'), events: ['counted'], retry: 'none' });
    for (let n = 0; n < 5; n++) await stack().publish({ type: 'counted', data: { n } });
    await stack().call('POST', `/v1/projects/demo/subscriptions/${good.id}/test`);
    const sums = async () => {
      const { data } = (await get('/v1/projects/demo/traffic')).body;
      const sum = (name: string) =>
        data.reduce((total: number, step: Record<string, number>) => total + (step[name] ?? 0), 0);
      return [sum('succeeded'), sum('retrying'), sum('failed')];
    };
    await eventually(async () => (await sums()).join() === '5,5,5');

    const { status, body } = await get('/v1/projects/demo/traffic');
    expect(status).toBe(200);
    expect(body.stepSeconds).toBe(300);
    // A day, of which the first and the last step are in part.
    expect(body.data).toHaveLength(289);
    expect(body.data.at(-1).p95Ms ?? body.data.at(-2).p95Ms).toBeGreaterThan(0);
    const hours = (await get('/v1/projects/demo/traffic?since=2001-01-01T00:00:00Z')).body;
    expect(hours.stepSeconds).toBe(3600);
    expect((await get('/v1/projects/demo/traffic?since=yesterday')).status).toBe(422);
    for (const span of ['since=9999-01-01T00:00:00Z', 'until=2001-01-01T00:00:00Z']) {
      const nothing = await get(`/v1/projects/demo/traffic?${span}`);
      expect([nothing.status, nothing.body.data]).toEqual([200, []]);
    }
    const backwards = await get(
      '/v1/projects/demo/traffic?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z',
    );
    expect([backwards.status, backwards.body.errors?.[0].path]).toEqual([422, 'until']);

    const stats = async (id: string) => (await get(`/v1/projects/demo/subscriptions/${id}/stats`)).body;
    expect(await stats(good.id)).toMatchObject({ attempts: 5, succeeded: 5, failed: 0 });
    expect(await stats(bad.id)).toMatchObject({ attempts: 5, succeeded: 0, failed: 5 });
    expect((await get('/v1/projects/demo/subscriptions/sub_none/stats')).status).toBe(404);
    const failing = (await get('/v1/projects/demo/subscriptions?health=open')).body.data;
    expect(failing).toHaveLength(2);
    const healthy = (await get('/v1/projects/demo/subscriptions?health=healthy')).body.data;
    expect(healthy.map(({ id }: { id: string }) => id)).toEqual([good.id]);
  });

  it('a key can ask what it is', async () => {
    const made = await stack().call('POST', '/v1/projects/demo/keys', { name: 'Console', scopes: ['read'] });
    const { secret, ...key } = made.body;
    expect((await get('/v1/key', { bearer: secret })).body).toEqual({ ...key, project: 'demo' });
    expect((await get('/v1/key', { bearer: 'nobody' })).status).toBe(401);
    await stack().call('DELETE', `/v1/projects/demo/keys/${key.id}`);
    expect((await get('/v1/key', { bearer: secret })).status).toBe(401);
  });
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { assemblyWithLimits } from '../support/assembly.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

const LIMITS = {
  eventsPerSecond: 5,
  burst: 100,
  megabytesPerDay: 1,
  keys: 4,
  eventTypes: 8,
  tests: 2,
  jobs: 2,
};
const cdkOut = assemblyWithLimits(inject('cdkOut'), LIMITS);
afterAll(() => rmSync(cdkOut, { recursive: true, force: true }));

describe('a project that takes more than its share', () => {
  const stack = useOwnStack({ cdkOut });
  const receiver = useReceiver();
  const publish = (project: string, events: unknown) =>
    stack().call('POST', `/v1/projects/${project}/events`, events);
  const some = (count: number, bytes = 10) =>
    Array.from({ length: count }, () => ({ type: 'a', data: { text: 'x'.repeat(bytes) } }));
  const statusesOf = (answers: readonly { status: number }[]) =>
    answers.map(({ status }) => status).toSorted();

  it('is told to slow down when it publishes faster than it may, and other projects are not', async () => {
    const [greedy, other] = [await stack().newProject('greedy'), await stack().newProject('other')];
    expect((await publish(greedy, some(100))).status).toBe(202);
    const refused = await publish(greedy, some(50));
    expect(refused).toMatchObject({ status: 429, body: { title: 'Too many requests' } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThanOrEqual(10);
    expect((await publish(other, some(100))).status).toBe(202);
    await eventually('the metric that the alarm watches counts them', () => {
      const log = readFileSync(join(stack().logsDir, 'publish.log'), 'utf8');
      expect(log).toMatch(/"EventsRefused":50\b/);
    });
    const { events } = await stack().get(`/v1/projects/${greedy}/usage`);
    expect(events).toMatchObject({ perSecond: 5, burst: 100 });
    expect(events.available).toBeLessThan(50);
  });

  it('publishes nothing more on a day on which it has published as many bytes as it may', async () => {
    const project = await stack().newProject('heavy');
    expect((await publish(project, some(4, 200_000))).status).toBe(202);
    expect((await publish(project, some(2, 200_000))).status).toBe(429);
    const refused = await publish(project, some(1));
    expect(refused.body.detail).toContain('today');
    const midnight = 86_400 - ((Date.now() / 1000) % 86_400);
    expect(Math.abs(Number(refused.headers.get('retry-after')) - midnight)).toBeLessThan(60);
    const { bytesToday } = await stack().get(`/v1/projects/${project}/usage`);
    expect(bytesToday.limit).toBe(1_000_000);
    expect(bytesToday.used).toBeGreaterThan(800_000);
  });

  it('gets no more keys and event types than it may have', async () => {
    const project = await stack().newProject('crowded');
    const key = () => stack().call('POST', `/v1/projects/${project}/keys`, { name: 'k', scopes: ['read'] });
    const type = (name: string) => stack().call('PUT', `/v1/projects/${project}/event-types/${name}`, {});
    const atOnce = await Promise.all(Array.from({ length: 3 * LIMITS.keys }, key));
    expect(atOnce.filter(({ status }) => status === 201)).toHaveLength(LIMITS.keys);
    expect(new Set(statusesOf(atOnce))).toEqual(new Set([201, 429]));
    expect((await key()).body).toMatchObject({ status: 429, title: 'Limit reached' });
    // A new project has six.
    const names = ['one', 'two', 'three', 'four', 'five'];
    const typesAtOnce = await Promise.all(names.map(type));
    expect(statusesOf(typesAtOnce)).toEqual([200, 200, 429, 429, 429]);
    const [refused, replaced] = [429, 200].map((status) =>
      typesAtOnce.findIndex((answer) => answer.status === status),
    );
    expect((await type(`${names[refused ?? 0]}`)).body).toMatchObject({
      status: 429,
      title: 'Limit reached',
    });
    expect((await type(`${names[replaced ?? 0]}`)).status).toBe(200);
    const preset = await stack().call('PUT', `/v1/projects/${project}/presets/hirehop`);
    expect(preset.body).toMatchObject({ status: 429, title: 'Limit reached' });
    expect(await stack().get(`/v1/projects/${project}/usage`)).toMatchObject({
      keys: { used: 4, limit: 4 },
      eventTypes: { used: 8, limit: 8 },
      subscriptions: { used: 0 },
      tests: { used: 0, limit: 2 },
      jobs: { used: 0, limit: 2 },
    });
  });

  it('runs no more replays at once than it may, and another one when one has ended', async () => {
    const project = await stack().newProject('replaying');
    // Nothing is sent while a subscription is paused, so its replay goes on.
    const subscribed = await Promise.all(
      Array.from({ length: 3 }, () =>
        stack().subscribe({ url: receiver.url(), events: ['a'], paused: true }, project),
      ),
    );
    const pathOf = (id: string) => `/v1/projects/${project}/subscriptions/${id}`;
    const replay = (id: string) =>
      stack().call('POST', `${pathOf(id)}/replay`, { since: '2026-01-01T00:00:00Z', only: 'all' });
    const started = await Promise.all(subscribed.map(({ id }) => replay(id)));
    expect(statusesOf(started)).toEqual([202, 202, 429]);
    const refusedAt = started.findIndex(({ status }) => status === 429);
    const [refused, running] = [subscribed[refusedAt], subscribed[(refusedAt + 1) % 3]];
    if (refused === undefined || running === undefined) throw new Error('Nothing was refused.');
    const job = started[(refusedAt + 1) % 3]?.body.id;
    await stack().done('DELETE', `${pathOf(running.id)}/jobs/${job}`);
    expect((await replay(refused.id)).status).toBe(202);
  });
});

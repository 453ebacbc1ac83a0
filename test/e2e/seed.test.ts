import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectOneSentence, run, temporaryDir } from '../integration/local/local-process.ts';
import { apiOf } from '../support/api.ts';
import { useOwnStack } from '../support/stack.ts';

describe('npm run seed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-seed-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const stack = useOwnStack({ dataDir });
  const seed = (...args: string[]) => run('local/seed/main.ts', ['--data-dir', dataDir, ...args]);
  const acme = () => apiOf({ ...stack().outputs, project: 'acme' });

  it('fills a project, and says what with and where to look', async () => {
    const command = seed('--subscriptions', '200', '--attempts', '3000');
    expect(await command.end).toBe(0);
    expect(command.stderr()).toBe('');
    const out = command.stdout();
    const { consoleUrl, adminKey } = stack().outputs;
    expect(out).toContain(`${consoleUrl}p/acme/`);
    expect(out).toContain(adminKey);

    const [, total, healthy, never, failing, paused, disabled] =
      /^(\d+) subscriptions: (\d+) healthy \((\d+) never tried\), (\d+) failing, (\d+) paused, (\d+) disabled$/m
        .exec(out)
        ?.map(Number) ?? [];
    expect(total).toBe(200);
    expect(Math.min(healthy ?? 0, never ?? 0, failing ?? 0, paused ?? 0, disabled ?? 0)).toBeGreaterThan(0);
    const of = async (state: string) =>
      (await acme().get(`subscriptions?limit=100&state=${state}`)).data.length;
    // An endpoint that fails may be found to be down meanwhile, as nothing answers on its port.
    expect((await of('failing')) + (await of('paused'))).toBe((failing ?? 0) + (paused ?? 0));
    expect(await of('disabled')).toBe(disabled);

    const since = new Date(Date.now() - 8 * 86_400_000).toISOString();
    const { data } = await acme().get(`traffic?since=${since}`);
    const sum = (name: string) =>
      data.reduce((total: number, step: Record<string, number>) => total + (step[name] ?? 0), 0);
    const counted = sum('succeeded') + sum('retrying') + sum('failed');
    const [, attempts = '0'] = /(\d+) attempts/.exec(out) ?? [];
    expect(counted).toBeGreaterThanOrEqual(Number(attempts));
    expect(Number(attempts)).toBeGreaterThanOrEqual(3000);
    expect((await acme().get('attempts?limit=100')).data).toHaveLength(100);
    const failures = (await acme().get('attempts?limit=5&outcome=failure')).data;
    expect(failures.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(5).fill('failure'));
  });

  it('makes events whose attempts are those of the subscriptions that they are for', async () => {
    const { data } = await acme().get('events?limit=20&type=order.created');
    expect(data.length).toBe(20);
    const [{ id, acceptedAt }] = data;
    expect(Date.parse(acceptedAt)).toBeLessThan(Date.now());
    const event = await acme().get(`events/${id}`);
    const { data: attempts } = await acme().get(`events/${id}/attempts?limit=100`);
    expect(attempts.length).toBeGreaterThan(0);
    for (const { subscriptionId, request } of attempts) {
      const { condition, events } = await acme().get(`subscriptions/${subscriptionId}`);
      expect(events.some((pattern: string) => ['*', 'order.*', 'order.created'].includes(pattern))).toBe(
        true,
      );
      if (condition !== null) expect(condition).toBe(`data.customer == "${event.data.customer}"`);
      expect(request.headers['webhook-id']).toBe(id);
    }
  });

  it('refuses a project that has data, and leaves it as it is', async () => {
    const before = await acme().get('summary');
    const command = seed('--subscriptions', '5', '--attempts', '5');
    expect(await command.end).toBe(1);
    await expectOneSentence(command, /^The project acme has subscriptions or events already/);
    expect((await acme().get('summary')).subscriptions.disabled).toEqual(before.subscriptions.disabled);
  });

  it('explains a wrong option, with the usage', async () => {
    const command = seed('--subscriptions', 'lots');
    expect(await command.end).toBe(2);
    expect(command.stderr()).toMatch(/^--subscriptions must be a whole number.*\n\nUsage: npm run seed/);
  });

  it('says how to start the stack that it needs', async () => {
    const command = run('local/seed/main.ts', ['--data-dir', temporaryDir()]);
    expect(await command.end).toBe(1);
    await expectOneSentence(command, /npm start/);
  });
});

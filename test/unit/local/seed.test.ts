import { describe, expect, it } from 'vitest';
import { newSubscriptionSchema } from '../../../core/api-schemas/subscription.ts';
import { UsageError } from '../../../local/options.ts';
import { makeEndpoints } from '../../../local/seed/endpoints.ts';
import { SPAN_MS, timeOf } from '../../../local/seed/history.ts';
import { parseSeedCommandLine } from '../../../local/seed/options.ts';
import { Random } from '../../../local/seed/random.ts';
import { WritePool } from '../../../local/seed/write-pool.ts';

const NOW = Date.UTC(2026, 10, 30, 12);

describe('the options of npm run seed', () => {
  it('are 5,000 subscriptions and 100,000 attempts in the project acme by default', () => {
    expect(parseSeedCommandLine([])).toEqual({
      ...{ subscriptions: 5000, attempts: 100_000, project: 'acme', seed: 1, dataDir: '.local', help: false },
    });
  });

  it.each([
    [['--subscriptions', '0'], /^--subscriptions must be a whole number from 1 to 10000, not '0'$/],
    [['--subscriptions=-5'], /^--subscriptions must be a whole number from 1 to 10000, not '-5'$/],
    [['--subscriptions', '10001'], /^--subscriptions must be a whole number from 1 to 10000/],
    [['--attempts', 'many'], /^--attempts must be a whole number from 1 to 10000000, not 'many'$/],
    [['--attempts', '1e5'], /^--attempts must be a whole number/],
    [['--seed', '1.5'], /^--seed must be a whole number from 0 to 4294967295, not '1.5'$/],
    [['--project', 'a b'], /^--project 'a b' is not 1 to 63 letters, digits/],
    [['--size', '5'], /^Unknown option '--size'$/],
  ])('%j are refused with what to pass instead', (args, message) => {
    expect(() => parseSeedCommandLine(args)).toThrow(UsageError);
    expect(() => parseSeedCommandLine(args)).toThrow(message);
  });
});

describe('made-up subscriptions', () => {
  const make = (seed: number, count = 400) => makeEndpoints('acme', count, NOW, new Random(seed));
  const plain = (seed: number) =>
    make(seed).map(({ subscription: { secrets: _, ...rest }, ...others }) => ({ ...rest, ...others }));

  it('are the same for the same seed, and others for another', () => {
    expect(plain(7)).toEqual(plain(7));
    expect(plain(7)).not.toEqual(plain(8));
  });

  it('are as the API accepts them', () => {
    const schema = newSubscriptionSchema({
      allowHttp: true,
      allowLoopback: true,
      allowedPorts: [[1, 65_535]],
    });
    for (const { subscription } of make(1)) {
      const { name, url, events, condition, format, template, metadata } = subscription;
      const settings = { name, url, events, condition, format, template, metadata };
      expect(schema.safeParse(settings).error).toBeUndefined();
    }
  });

  it('send to this machine alone', () => {
    for (const { subscription } of make(1))
      expect(new URL(subscription.url).hostname).toBe('hooks.localhost');
  });

  it.each([1, 5, 12, 13, 400])('%i of them have as many different names', (count) => {
    expect(new Set(make(1, count).map(({ subscription }) => subscription.name)).size).toBe(count);
  });
});

describe('made-up times', () => {
  it('grow from a week ago until some seconds ago', () => {
    const times = Array.from({ length: 101 }, (_, percent) => timeOf(percent / 100, NOW));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(times[0]).toBeGreaterThanOrEqual(NOW - SPAN_MS - 60_000);
    expect(times.at(-1)).toBeLessThan(NOW);
    expect(times.at(-1)).toBeGreaterThan(NOW - 60_000);
  });
});

describe('a pool of writes', () => {
  it('never runs more at once than it may', async () => {
    const pool = new WritePool(2);
    let [running, most] = [0, 0];
    for (let count = 0; count < 10; count++)
      await pool.add(async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
      });
    await pool.drain();
    expect([running, most]).toEqual([0, 2]);
  });

  it('fails with what a write failed with', async () => {
    const pool = new WritePool(1);
    await pool.add(async () => {
      throw new Error('The table is gone.');
    });
    await expect(pool.add(async () => {})).rejects.toThrow('The table is gone.');
    await expect(pool.drain()).rejects.toThrow('The table is gone.');
  });
});

import { describe, expect, it } from 'vitest';
import { TrafficTally } from '../../../../core/deliver/traffic-tallies.ts';
import { attemptStats } from '../../../../core/model/attempt-stats.ts';
import {
  addTraffic,
  DURATION_LIMITS,
  durationQuantile,
  NO_TRAFFIC,
  STRETCH_MS,
  startOf,
  TRAFFIC_KEPT_MS,
  trafficOf,
  trafficSpan,
} from '../../../../core/model/traffic.ts';
import { trafficOver } from '../../../../core/read/traffic.ts';
import { silentLog } from '../../../support/in-memory/log.ts';
import { inMemoryTraffic } from '../../../support/in-memory/traffic.ts';
import { NOW } from '../../../support/records.ts';

const attempt = (
  durationMs: number,
  outcome: 'success' | 'failure' = 'success',
  nextAttemptAt: string | null = null,
) => ({
  project: 'erp',
  outcome,
  nextAttemptAt,
  durationMs,
});

describe('traffic', () => {
  it('distinguishes attempts that are retried from those that failed for good', () => {
    expect(trafficOf(attempt(1))).toMatchObject({ succeeded: 1, retrying: 0, failed: 0 });
    expect(trafficOf(attempt(1, 'failure', 'soon'))).toMatchObject({ succeeded: 0, retrying: 1, failed: 0 });
    expect(trafficOf(attempt(1, 'failure'))).toMatchObject({ succeeded: 0, retrying: 0, failed: 1 });
  });

  it('returns a percentile as the upper limit of its class', () => {
    const of = (...durations: number[]) =>
      durations.map((ms) => trafficOf(attempt(ms))).reduce(addTraffic, NO_TRAFFIC);
    expect(durationQuantile(NO_TRAFFIC, 0.5)).toBeNull();
    expect(durationQuantile(of(0), 0.95)).toBe(5);
    expect(durationQuantile(of(5), 0.95)).toBe(5);
    expect(durationQuantile(of(6), 0.95)).toBe(10);
    expect(durationQuantile(of(1, 1, 1, 400), 0.5)).toBe(5);
    expect(durationQuantile(of(1, 1, 1, 400), 0.75)).toBe(5);
    expect(durationQuantile(of(1, 1, 1, 400), 0.95)).toBe(500);
    // An attempt has one deadline, but its end is measured after it.
    expect(durationQuantile(of(31_000), 0.5)).toBe(DURATION_LIMITS.at(-1));
  });

  it('covers the last day in steps of five minutes by default', () => {
    const span = trafficSpan({}, NOW + 1234);
    expect(span).toEqual({ since: startOf(NOW + 1234 - 86_400_000), until: NOW + 1234, stepMs: STRETCH_MS });
  });

  it('has steps of an hour for more than a day, and starts no earlier than it is kept', () => {
    const since = new Date(0).toISOString();
    const span = trafficSpan({ since }, NOW + 1234);
    expect(span.stepMs).toBe(3_600_000);
    expect(span.since).toBe(startOf(NOW + 1234 - TRAFFIC_KEPT_MS, 3_600_000));
    const future = new Date(NOW + 99 * 86_400_000).toISOString();
    expect(trafficSpan({ until: future }, NOW)).toEqual(trafficSpan({}, NOW));
  });

  it.each([
    ['in the future', { since: new Date(NOW + 3_600_000).toISOString() }],
    ['no longer kept', { until: new Date(NOW - TRAFFIC_KEPT_MS - 86_400_000).toISOString() }],
  ])('is empty for a period that is %s', async (_when, asked) => {
    const read = async (_project: string, since: number, until: number) => {
      if (since > until) throw new Error('ValidationException: BETWEEN');
      return [];
    };
    expect(await trafficOver({ trafficStore: { read } }, 'erp', trafficSpan(asked, NOW))).toEqual([]);
  });

  it('is returned step by step, including steps without attempts', async () => {
    const trafficStore = inMemoryTraffic();
    await trafficStore.add('erp', { at: NOW, ...trafficOf(attempt(40)) });
    await trafficStore.add('erp', { at: NOW, ...trafficOf(attempt(400, 'failure')) });
    await trafficStore.add('erp', { at: NOW + STRETCH_MS, ...trafficOf(attempt(1)) });
    const hours = { since: NOW - 3_600_000, until: NOW + 1, stepMs: 3_600_000 };
    expect(await trafficOver({ trafficStore }, 'erp', { ...hours, until: NOW + STRETCH_MS + 1 })).toEqual([
      {
        at: new Date(NOW - 3_600_000).toISOString(),
        succeeded: 0,
        retrying: 0,
        failed: 0,
        p50Ms: null,
        p95Ms: null,
      },
      { at: new Date(NOW).toISOString(), succeeded: 2, retrying: 0, failed: 1, p50Ms: 50, p95Ms: 500 },
    ]);
  });

  it('is written once per project and invocation, and a failed write is only logged', async () => {
    const written: [string, number][] = [];
    const warnings: unknown[] = [];
    const trafficStore = {
      add: async (project: string, { succeeded }: { succeeded: number }) => {
        written.push([project, succeeded]);
        if (project === 'crm') throw new Error('throttled');
      },
    };
    const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
    const traffic = new TrafficTally({ trafficStore, clock: () => NOW, log });
    for (const project of ['erp', 'crm', 'erp', 'erp']) traffic.add({ ...attempt(1), project });
    await traffic.flush();
    await traffic.flush();
    expect(written.toSorted()).toEqual([
      ['crm', 1],
      ['erp', 3],
    ]);
    expect(warnings).toEqual(['traffic not counted']);
  });
});

describe('the statistics of a subscription', () => {
  const at = (n: number) => new Date(NOW + n).toISOString();

  it('leave out tests, and take percentiles by the nearest rank', () => {
    const attempts = Array.from({ length: 20 }, (_, n) => ({
      trigger: 'event' as const,
      outcome: n < 3 ? ('failure' as const) : ('success' as const),
      durationMs: 20 - n,
      at: at(20 - n),
    }));
    const test = { trigger: 'test' as const, outcome: 'failure' as const, durationMs: 9999, at: at(0) };
    expect(attemptStats([...attempts, test])).toEqual({
      ...{ attempts: 20, succeeded: 17, failed: 3, p50Ms: 10, p95Ms: 19, since: at(1) },
    });
    expect(attemptStats([test])).toEqual({
      ...{ attempts: 0, succeeded: 0, failed: 0, p50Ms: null, p95Ms: null, since: null },
    });
  });
});

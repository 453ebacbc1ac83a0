import { describe, expect, it } from 'vitest';
import { adviceOn, type Need } from '../../../bin/concurrency/advice.ts';

const PROD: Need = {
  lanes: { events: 20, internal: 20, deliveries: 200, retries: 50, pumps: 50 },
  reserved: 0,
};
const DEV: Need = { lanes: { events: 2, internal: 2, deliveries: 2, retries: 2, pumps: 2 }, reserved: 0 };
const quota = (concurrent: number, unreserved = concurrent) => ({ concurrent, unreserved });

/** Return the lanes in the advice, as somebody would copy them. */
const lanesIn = (text: string): Need['lanes'] | undefined => {
  const [, json] = /Set "lanes": (\{.*\}\}),/.exec(text) ?? [];
  if (json === undefined) return undefined;
  const lanes: Record<string, { maxConcurrency: number }> = JSON.parse(json);
  return Object.fromEntries(Object.entries(lanes).map(([name, lane]) => [name, lane.maxConcurrency]));
};

describe('adviceOn', () => {
  it('has nothing to say about lanes that fit', () => {
    const { isRefused, text } = adviceOn(PROD, quota(1000));
    expect(isRefused).toBe(false);
    expect(text).toMatch(/ 1000 concurrent .* up to 340 of them\.$/);
    expect(adviceOn(DEV, quota(10)).text).toMatch(/ up to 10 of them\.$/);
  });

  it('names lanes that fit, and the quota that the lanes need', () => {
    const { isRefused, text } = adviceOn(PROD, quota(150));
    expect(isRefused).toBe(false);
    expect(text).toContain('quota L-B99A9384');
    expect(text).toMatch(/at least 440\.$/);
    const lanes = lanesIn(text) as Need['lanes'];
    expect(lanes).toEqual({ events: 9, internal: 9, deliveries: 86, retries: 22, pumps: 22 });
    expect(adviceOn({ lanes, reserved: 0 }, quota(150)).text).toMatch(/of them\.$/);
  });

  it.each([10, 11, 19, 57, 339])('names lanes that Lambda accepts and %i executions allow', (available) => {
    const lanes = Object.values(lanesIn(adviceOn(PROD, quota(available)).text) ?? {});
    expect(lanes).toHaveLength(5);
    expect(Math.min(...lanes)).toBeGreaterThanOrEqual(2);
    expect(lanes.reduce((sum, lane) => sum + lane)).toBeLessThanOrEqual(available);
  });

  it('names no lanes where even the smallest do not fit', () => {
    const { text } = adviceOn(DEV, quota(9));
    expect(text).not.toContain('"lanes"');
    expect(text).toMatch(/ Raise the quota .* at least 110\.$/);
  });

  it('counts what other functions of the account reserve', () => {
    const { text } = adviceOn(PROD, quota(1000, 100));
    expect(text).toContain('100 for the stage');
    // With that quota, 440 are unreserved.
    expect(text).toMatch(/at least 1340\.$/);
  });

  it('refuses reservations that leave fewer than 100 unreserved', () => {
    const reserved = { ...DEV, reserved: 110 };
    expect(adviceOn(reserved, quota(210)).isRefused).toBe(false);
    const refused = adviceOn(reserved, quota(209));
    expect(refused.isRefused).toBe(true);
    expect(refused.text).toContain('Lower "reservedConcurrency" to 109 in all, or raise the quota');
    expect(refused.text).toMatch(/at least 220\.$/);
    const fresh = adviceOn(reserved, quota(10));
    expect(fresh.isRefused).toBe(true);
    expect(fresh.text).toContain('Remove "reservedConcurrency", or raise');
  });
});

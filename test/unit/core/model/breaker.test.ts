import { describe, expect, it } from 'vitest';
import { HOLD_MS, LINGER_MS, newBreaker, opens, probeWait } from '../../../../core/model/breaker.ts';

describe('a breaker', () => {
  it('opens with the fifth consecutive outage', () => {
    expect([0, 1, 4, 5, 6, 100].map(opens)).toEqual([false, false, false, true, true, true]);
  });

  it('begins open, without failed probes', () => {
    expect(newBreaker('erp', 'sub_1')).toEqual({
      project: 'erp',
      subscriptionId: 'sub_1',
      failedProbes: 0,
      closedAt: null,
    });
  });

  it('probes after half a minute, then ever less often, but at least once an hour', () => {
    const seconds = [0, 1, 2, 3, 4, 5, 6, 7, 1000].map((failed) => probeWait(failed, 0.5) / 1000);
    expect(seconds).toEqual([30, 60, 120, 300, 600, 1800, 3600, 3600, 3600]);
  });

  it('spreads its probes by a fifth in both directions', () => {
    expect([0, 0.25, 1].map((random) => probeWait(0, random))).toEqual([24_000, 27_000, 36_000]);
    expect([0, 1].map((random) => probeWait(9, random))).toEqual([2_880_000, 4_320_000]);
  });

  it('holds deliveries for at most a day, and lingers longer than a worker can consider it open', () => {
    expect(HOLD_MS).toBe(86_400_000);
    const [remembered, workersTimeout] = [10_000, 60_000];
    expect(LINGER_MS).toBe(120_000);
    expect(LINGER_MS).toBeGreaterThan(remembered + workersTimeout);
  });
});

import { describe, expect, it } from 'vitest';
import { probeAfterArrival, probeWait } from '../../../../core/flow/probe-schedule.ts';
import { NOW } from '../../../support/records.ts';

describe('the schedule of probes', () => {
  it('waits 5 s, 15 s, 30 s, 1 min, 2 min and then 5 min each', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 1000].map((failed) => probeWait(failed, 0.5) / 1000);
    expect(waits).toEqual([5, 15, 30, 60, 120, 300, 300, 300]);
  });

  it('varies by a fifth, so that endpoints which failed together are not probed together', () => {
    expect([probeWait(5, 0), probeWait(5, 1)]).toEqual([240_000, 360_000]);
  });

  it('brings the next probe forward after an arrival, to 15 s or a tenth of the pause after the last one', () => {
    expect(probeAfterArrival(NOW, NOW + 60_000, NOW + 70_000)).toBe(NOW + 75_000);
    expect(probeAfterArrival(NOW, NOW + 600_000, NOW + 610_000)).toBe(NOW + 661_000);
  });

  it('counts from the beginning of the pause if there was no probe', () => {
    expect(probeAfterArrival(NOW, null, NOW + 1000)).toBe(NOW + 15_000);
  });
});

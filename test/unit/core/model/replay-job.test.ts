import { describe, expect, it } from 'vitest';
import { estimateOf } from '../../../../core/model/replay-job.ts';
import { NOW, replayJobRecord } from '../../../support/records.ts';

const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

describe('the estimate of a replay', () => {
  const job = replayJobRecord({ since: at(-1000), until: at(0), requestedAt: at(0), done: 20 });

  it('follows from how much of its time range it has gone through', () => {
    const estimate = estimateOf({ ...job, reachedAt: at(-750) }, NOW + 30_000);
    expect(estimate).toEqual({ total: 80, endsAt: at(120) });
  });

  it('is unknown until it has gone through some of it', () => {
    expect(estimateOf(job, NOW + 30_000)).toEqual({ total: 20, endsAt: null });
    expect(estimateOf({ ...job, reachedAt: at(-1000) }, NOW)).toEqual({ total: 20, endsAt: null });
  });

  it('is exact once the job has ended', () => {
    for (const state of ['done', 'cancelled'] as const)
      expect(estimateOf({ ...job, state, reachedAt: at(-750) }, NOW)).toEqual({ total: 20, endsAt: null });
  });

  it('has no end that no date can have', () => {
    const slow = { ...job, since: at(-3_000_000_000), reachedAt: at(-2_999_999_999.999) };
    expect(estimateOf(slow, NOW + 1_000_000_000_000).endsAt).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { NEW_PACE, type PaceState } from '../../../../core/model/flow-state.ts';
import { Pace, type PaceResult } from '../../../../core/pump/pace.ts';
import { NOW } from '../../../support/records.ts';

const UNLIMITED = { rateLimit: null, maxInFlight: null };

const paceOf = (state: Partial<PaceState> = {}, limits: Partial<typeof UNLIMITED> | object = {}) =>
  new Pace({ ...NEW_PACE, ...state }, { ...UNLIMITED, ...limits }, NOW);

/** End a round of ten results, so many of them outages, or of as many as the window. */
function round(pace: Pace, outages: number, result: PaceResult = 'fast'): number {
  const size = Math.max(10, pace.state.window);
  for (let n = 0; n < size; n++) pace.end(n < (outages / 10) * size ? 'outage' : result, NOW);
  return pace.state.window;
}
const rounds = (pace: Pace, ...outages: number[]) => outages.map((count) => round(pace, count));

describe('the window', () => {
  it('begins with one request, and doubles after each good round up to 50', () => {
    const pace = paceOf();
    expect(pace.atOnce).toBe(1);
    expect(rounds(pace, 0, 0, 0, 0, 0, 0, 0)).toEqual([2, 4, 8, 16, 32, 50, 50]);
  });

  it('changes when a round of ten results has ended, or of as many as the window', () => {
    const pace = paceOf();
    for (let n = 0; n < 9; n++) pace.end('fast', NOW);
    expect(pace.atOnce).toBe(1);
    pace.end('fast', NOW);
    expect(pace.atOnce).toBe(2);
    const wide = paceOf({ window: 20 });
    for (let n = 0; n < 19; n++) wide.end('fast', NOW);
    expect(wide.atOnce).toBe(20);
    wide.end('fast', NOW);
    expect(wide.atOnce).toBe(40);
  });

  it('doubles with one outage in ten, and grows by a tenth with two', () => {
    expect(round(paceOf({ window: 10 }), 1)).toBe(20);
    expect(round(paceOf({ window: 10 }), 2)).toBe(11);
  });

  it('grows by a tenth from the threshold on that the last bad round set', () => {
    const pace = paceOf({ window: 16 });
    expect(round(pace, 5)).toBe(8);
    expect(pace.state.threshold).toBe(8);
    expect(rounds(pace, 0, 0, 0)).toEqual([9, 10, 11]);
    expect(rounds(paceOf({ window: 2, threshold: 8 }), 0, 0, 0)).toEqual([4, 8, 9]);
  });

  it('halves at half a round of outages, and never below one', () => {
    expect(round(paceOf({ window: 10 }), 4)).toBe(11);
    expect(round(paceOf({ window: 10 }), 5)).toBe(5);
    expect(round(paceOf({ window: 1 }), 5)).toBe(1);
  });

  it('grows again if halving it has not brought the outages down by three tenths', () => {
    const unhelped = paceOf({ window: 10 });
    expect(rounds(unhelped, 8, 6, 6)).toEqual([5, 6, 7]);
    const helped = paceOf({ window: 20 });
    expect(rounds(helped, 8, 5)).toEqual([10, 5]);
    expect(rounds(paceOf({ window: 20 }), 10, 7)).toEqual([10, 5]);
  });

  it('halves again for outages after a good round', () => {
    const pace = paceOf({ window: 10 });
    expect(rounds(pace, 6, 6, 0, 6)).toEqual([5, 6, 7, 3]);
  });

  it('always halves after a hopeless round', () => {
    expect(rounds(paceOf({ window: 40 }), 9, 9, 10)).toEqual([20, 10, 5]);
  });

  it('is at most maxInFlight, which may exceed 50', () => {
    const limited = paceOf({}, { maxInFlight: 3 });
    expect(rounds(limited, 0, 0, 0)).toEqual([2, 3, 3]);
    expect(paceOf({ window: 50 }, { maxInFlight: 3 }).atOnce).toBe(3);
    const wide = paceOf({ window: 40 }, { maxInFlight: 200 });
    expect(rounds(wide, 0, 0, 0)).toEqual([80, 160, 200]);
  });

  it('follows a limit that is changed', () => {
    const pace = paceOf({ window: 50 });
    pace.limits = { rateLimit: null, maxInFlight: 7 };
    expect(pace.atOnce).toBe(7);
    expect(round(pace, 0)).toBe(7);
  });

  it('is not changed by a 429, which is no result of a round', () => {
    const pace = paceOf({ window: 10 });
    for (let n = 0; n < 100; n++) pace.end('busy', NOW);
    expect(pace.state).toMatchObject({ window: 10, recent: '' });
  });
});

describe('an endpoint is healthy', () => {
  it.each([
    ['three fast answers', 'fff', true],
    ['two fast answers', 'ff', false],
    ['as many fast as slow answers', 'ffss', true],
    ['more slow than fast answers', 'ffsss', false],
    ['one outage in five results', 'ffffo', false],
    ['one outage in six results', 'fffffo', true],
    ['nothing', '', false],
  ])('or not after %s', (_, recent, isHealthy) => {
    expect(paceOf({ recent }).isHealthy).toBe(isHealthy);
  });

  it('by its last twenty results only', () => {
    const pace = paceOf({ recent: 'o'.repeat(20) });
    for (let n = 0; n < 16; n++) pace.end('fast', NOW);
    expect(pace.isHealthy).toBe(false);
    pace.end('slow', NOW);
    expect(pace.state.recent).toBe(`ooo${'f'.repeat(16)}s`);
    expect(pace.isHealthy).toBe(true);
  });
});

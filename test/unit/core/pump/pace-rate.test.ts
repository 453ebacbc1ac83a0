import { describe, expect, it } from 'vitest';
import { NEW_PACE, type PaceState } from '../../../../core/model/flow-state.ts';
import { Pace } from '../../../../core/pump/pace.ts';
import { Random } from '../../../simulation/random.ts';
import { NOW } from '../../../support/records.ts';

type Limits = ConstructorParameters<typeof Pace>[1];
const UNLIMITED: Limits = { rateLimit: null, maxInFlight: null };
const limitOf = (perSecond: number): Limits => ({ rateLimit: { perSecond }, maxInFlight: null });

const paceOf = (state: Partial<PaceState> = {}, limits = UNLIMITED, now = NOW) =>
  new Pace({ ...NEW_PACE, ...state }, limits, now);

/** Return when requests begin if something always waits, with timers that are up to so many milliseconds late. */
function begins(pace: Pace, ms: number, lateMs: number, seed: number): number[] {
  const random = new Random(seed);
  const times: number[] = [];
  for (let now = NOW; now < NOW + ms; ) {
    const wait = pace.waitMs(now);
    if (wait > 0) {
      now += wait + random.integer(lateMs + 1);
    } else {
      pace.begin(now);
      times.push(now);
    }
  }
  return times;
}

/** Return the most times in any second. They ascend. */
function mostInASecond(times: readonly number[]): number {
  let [first, most] = [0, 0];
  for (const [index, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 1000) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

describe('a configured rate', () => {
  it.each([1, 2, 3, 5, 19, 20, 50, 100, 1000])(
    'of %i a second is never exceeded in any second, and used to nine tenths',
    (perSecond) => {
      for (const lateMs of [0, 1, 5]) {
        const times = begins(paceOf({}, limitOf(perSecond)), 20_000, lateMs, perSecond + lateMs);
        expect(mostInASecond(times)).toBeLessThanOrEqual(perSecond);
        expect(times.length).toBeGreaterThanOrEqual(0.9 * perSecond * 20);
      }
    },
  );

  it('is not exceeded after a pause, whatever was not sent meanwhile', () => {
    const pace = paceOf({ sentAt: NOW - 3_600_000 }, limitOf(20));
    expect(mostInASecond(begins(pace, 3000, 5, 1))).toBeLessThanOrEqual(20);
  });

  it('holds from one turn to the next', () => {
    const first = paceOf({ sentAt: NOW - 1053 }, limitOf(1));
    first.send(NOW);
    const second = paceOf(first.state, limitOf(1), NOW + 100);
    expect(second.waitMs(NOW + 100)).toBe(953);
  });

  it('has a request wait once more before it is sent, however early its attempt began', () => {
    const pace = paceOf({ sentAt: NOW - 1000 }, limitOf(20));
    expect(pace.waitToSendMs(NOW)).toBe(0);
    pace.begin(NOW);
    pace.send(NOW);
    pace.begin(NOW + 20);
    expect(pace.waitToSendMs(NOW + 20)).toBe(33 - 10);
    expect(pace.waitToSendMs(NOW + 43)).toBe(0);
  });

  it('holds for what is sent after it was set', () => {
    const pace = paceOf();
    pace.begin(NOW);
    pace.send(NOW);
    expect(pace.state.sentAt).toBe(NOW);
    pace.limits = limitOf(1);
    expect([pace.waitMs(NOW), pace.waitToSendMs(NOW)]).toEqual([1053, 1053]);
  });

  it('is the lower of the configured and the learnt one', () => {
    const state = { perSecond: 2, sentAt: NOW, ratedAt: NOW };
    expect(paceOf(state, limitOf(100)).waitMs(NOW)).toBe(500);
    expect(paceOf({ ...state, perSecond: 100 }, limitOf(2)).waitMs(NOW)).toBe(527);
  });

  it('follows a limit that is changed', () => {
    const pace = paceOf({ sentAt: NOW }, limitOf(1));
    pace.limits = limitOf(10);
    expect(pace.waitMs(NOW)).toBe(106);
    pace.limits = UNLIMITED;
    expect(pace.waitMs(NOW)).toBe(0);
  });
});

describe('the learnt rate', () => {
  /** Accept so many requests a second, evenly, until a time. */
  const accept = (pace: Pace, perSecond: number, from: number, until: number) => {
    for (let at = from; at < until; at += 1000 / perSecond) pace.end('fast', NOW + at);
  };
  const rateOf = (pace: Pace) => pace.state.perSecond;

  it('does not exist until a 429', () => {
    const pace = paceOf();
    accept(pace, 100, 0, 10_000);
    expect(rateOf(pace)).toBeNull();
    expect(pace.waitMs(NOW + 10_000)).toBe(0);
  });

  it('is at first what the endpoint accepted in the last ten seconds', () => {
    const pace = paceOf();
    accept(pace, 50, 0, 10_000);
    accept(pace, 5, 10_000, 20_000);
    pace.end('busy', NOW + 20_000);
    expect(rateOf(pace)).toBeCloseTo(5, 0);
  });

  it('counts what was accepted for less than ten seconds', () => {
    const pace = paceOf();
    for (let n = 0; n < 40; n++) pace.end('fast', NOW);
    for (let n = 0; n < 20; n++) pace.end('fast', NOW + 9000);
    pace.end('busy', NOW + 10_000);
    expect(rateOf(pace)).toBe(20);
  });

  it('has no request wait that is ready to be sent', () => {
    const pace = paceOf({ perSecond: 1, sentAt: NOW, ratedAt: NOW });
    expect([pace.waitMs(NOW), pace.waitToSendMs(NOW)]).toEqual([1000, 0]);
  });

  it('does not change if another clock was ahead', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW + 3000 });
    pace.waitMs(NOW);
    expect(rateOf(pace)).toBe(10);
  });

  it('is at first at least one a second', () => {
    const pace = paceOf();
    pace.end('busy', NOW);
    expect(rateOf(pace)).toBe(1);
  });

  it('counts no outage as accepted', () => {
    const pace = paceOf();
    for (let n = 0; n < 100; n++) pace.end('outage', NOW + n * 10);
    pace.end('busy', NOW + 1000);
    expect(rateOf(pace)).toBe(1);
  });

  it('doubles each second until the second 429, and then halves', () => {
    const pace = paceOf();
    pace.end('busy', NOW);
    pace.waitMs(NOW + 999);
    expect(rateOf(pace)).toBe(1);
    pace.waitMs(NOW + 3000);
    expect(rateOf(pace)).toBe(8);
    pace.end('busy', NOW + 3001);
    expect(rateOf(pace)).toBe(4);
    pace.waitMs(NOW + 4001);
    expect(rateOf(pace)).toBeCloseTo(4 * 1.05);
  });

  it('goes on doubling in the next turn, but not while no turn runs', () => {
    const pace = paceOf({ perSecond: 4, ratedAt: NOW, isSearching: true });
    pace.waitMs(NOW + 2000);
    expect(rateOf(pace)).toBe(16);
    const next = paceOf(pace.state, UNLIMITED, NOW + 3000);
    expect(rateOf(next)).toBeCloseTo(16 * 1.05);
    next.waitMs(NOW + 4000);
    expect(rateOf(next)).toBeCloseTo(2 * 16 * 1.05);
    next.end('busy', NOW + 4001);
    const last = paceOf(next.state, UNLIMITED, NOW + 4002);
    last.waitMs(NOW + 5001);
    expect(rateOf(last)).toBeCloseTo(16 * 1.05 * 1.05);
  });

  it('falls by a fifth at most once a second', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW });
    pace.end('busy', NOW + 500);
    expect(rateOf(pace)).toBe(8);
    pace.end('busy', NOW + 1499);
    expect(rateOf(pace)).toBe(8);
    pace.end('busy', NOW + 1500);
    expect(rateOf(pace)).toBeCloseTo(6.4);
  });

  it('does not rise within a second of a 429, also if that did not make it fall', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW });
    pace.end('busy', NOW + 500);
    pace.end('busy', NOW + 1400);
    pace.waitMs(NOW + 2399);
    expect(rateOf(pace)).toBe(8);
    pace.waitMs(NOW + 2400);
    expect(rateOf(pace)).toBeCloseTo(8.4);
  });

  it('falls no further than 95 % of what was accepted', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW });
    accept(pace, 10, 0, 10_000);
    pace.end('busy', NOW + 10_000);
    expect(rateOf(pace)).toBeCloseTo(9.5, 1);
  });

  it('does not rise with a 429, however much was accepted', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW });
    accept(pace, 100, 0, 10_000);
    pace.end('busy', NOW + 10_000);
    expect(rateOf(pace)).toBe(10);
  });

  it('falls to no less than one in twenty seconds', () => {
    const pace = paceOf({ perSecond: 1, ratedAt: NOW });
    for (let n = 1; n <= 100; n++) pace.end('busy', NOW + n * 1000);
    expect(rateOf(pace)).toBe(0.05);
  });

  it('grows by 5 % in each second without a 429, also between two turns', () => {
    const pace = paceOf({ perSecond: 10, ratedAt: NOW });
    pace.waitMs(NOW + 2500);
    expect(rateOf(pace)).toBeCloseTo(10 * 1.05 ** 2);
    expect(pace.state.ratedAt).toBe(NOW + 2000);
    const next = paceOf(pace.state, UNLIMITED, NOW + 10_000);
    next.waitMs(NOW + 10_000);
    expect(rateOf(next)).toBeCloseTo(10 * 1.05 ** 10);
  });

  it('is forgotten when nobody can send as fast as that', () => {
    expect(rateOf(paceOf({ perSecond: 1000, ratedAt: NOW - 1000 }))).toBeNull();
    const fastest = paceOf({ perSecond: 500, ratedAt: NOW, isSearching: true });
    fastest.waitMs(NOW + 1000);
    expect(rateOf(fastest)).toBe(1000);
    const pace = paceOf({ perSecond: 990, ratedAt: NOW, sentAt: NOW + 1000 });
    expect(pace.waitMs(NOW + 999)).toBe(3);
    expect(rateOf(pace)).toBe(990);
    expect(pace.waitMs(NOW + 1000)).toBe(0);
    expect(rateOf(pace)).toBeNull();
  });
});

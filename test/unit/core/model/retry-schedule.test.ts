import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextAttemptAt, outlasts, parseRetryAfter } from '../../../../core/model/retry-schedule.ts';

const now = Date.UTC(2026, 0, 1);
const SECOND = 1000;
const due = (number: number, more: object = {}) =>
  nextAttemptAt({ retry: 'standard', number, now, retryAfter: null, random: 0.5, ...more });

describe('the retry schedule', () => {
  it('makes 10 attempts over about 3 days', () => {
    const waits = Array.from({ length: 10 }, (_, index) => due(index + 1)).map(
      (at) => at && (at - now) / SECOND,
    );
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  });

  it('spreads each wait by a fifth in both directions', () => {
    expect(due(2, { random: 0 })).toBe(now + 240 * SECOND);
    expect(due(2, { random: 1 })).toBe(now + 360 * SECOND);
  });

  it('keeps custom waits to the second', () => {
    expect(due(1, { retry: [7, 11], random: 0 })).toBe(now + 7 * SECOND);
    expect(due(2, { retry: [7, 11], random: 1 })).toBe(now + 11 * SECOND);
    expect(due(3, { retry: [7, 11] })).toBeNull();
  });

  it('makes one attempt without retries', () => {
    expect(due(1, { retry: 'none' })).toBeNull();
  });

  it('uses the later of the scheduled time and the time that the endpoint asks for', () => {
    expect(due(1, { retryAfter: now + 60 * SECOND })).toBe(now + 60 * SECOND);
    expect(due(3, { retryAfter: now + 60 * SECOND })).toBe(now + 1800 * SECOND);
    expect(due(10, { retryAfter: now + 60 * SECOND })).toBeNull();
  });
});

describe('outlasts', () => {
  it('returns true if the event may expire before the last attempt, with each wait at its longest', () => {
    const longest = Array.from({ length: 9 }, (_, index) => due(index + 1, { random: 1 }));
    const days = longest.reduce<number>((sum, at) => sum + ((at ?? 0) - now), 0) / (86_400 * SECOND);
    expect(outlasts('standard', days)).toBe(true);
    expect(outlasts('standard', days + 0.0001)).toBe(false);
  });

  it('uses custom waits without a spread', () => {
    const waits = [86_400, 86_400 - 7, 7];
    expect(outlasts(waits, 2)).toBe(true);
    expect(outlasts(waits.slice(0, 2), 2)).toBe(false);
  });

  it('returns false without retries', () => {
    expect(outlasts('none', 0.0001)).toBe(false);
  });
});

describe('Retry-After', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['120', now + 120 * SECOND],
    [' 0 ', now],
    ['Thu, 01 Jan 2026 00:02:00 GMT', now + 120 * SECOND],
    ['86400', now + 86_400 * SECOND],
    ['86401', now + 86_400 * SECOND],
    ['9'.repeat(400), now + 86_400 * SECOND],
    ['Fri, 31 Dec 9999 23:59:59 GMT', now + 86_400 * SECOND],
    ['Thursday, 01-Jan-26 00:02:00 GMT', now + 120 * SECOND],
    ['Wednesday, 07-Jan-26 00:00:00 GMT', now + 86_400 * SECOND],
    ['Thursday, 01-Jan-26 23:59:59 GMT', now + 86_399 * SECOND],
    ['Thu Jan  1 00:02:00 2026', now + 120 * SECOND],
    [undefined, null],
    ['', null],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2026-01-01T00:02:00Z', null],
    ['01 Jan 2026 00:02:00 GMT', null],
    ['Do, 01 Jan 2026 00:02:00 GMT', null],
    ['Donnerstag, 01 Jan 2026 00:02:00 GMT', null],
  ])('is parsed from %j to %j', (value, at) => {
    expect(parseRetryAfter(value, now)).toBe(at);
  });

  it.each(['America/New_York', 'Asia/Kolkata'])('is in GMT even if the machine is in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(new Date(now).getTimezoneOffset()).not.toBe(0);
    expect(parseRetryAfter('Thu Jan  1 00:02:00 2026', now)).toBe(now + 120 * SECOND);
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:02:00 GMT', now)).toBe(now + 120 * SECOND);
    expect(parseRetryAfter('Thursday, 01-Jan-26 00:02:00 GMT', now)).toBe(now + 120 * SECOND);
  });

  it('never schedules an attempt at an invalid time', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 9 }), (value, number) => {
        const at = due(number + 1, { retryAfter: parseRetryAfter(value, now) });
        expect(at === null || (Number.isFinite(at) && at >= now && at <= now + 1.2 * 86_400 * SECOND)).toBe(
          true,
        );
      }),
    );
  });
});

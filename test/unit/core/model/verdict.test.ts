import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../../../core/model/send-result.ts';
import { CONSEQUENCES, judge } from '../../../../core/model/verdict.ts';

const now = Date.UTC(2026, 0, 1);
const response = (status: number, headers: Record<string, string> = {}): SendResult => ({
  response: { status, headers, body: '' },
  durationMs: 12,
});
/** The verdict on a result, and what follows from it. */
const judged = (result: Parameters<typeof judge>[0]) => {
  const verdict = judge(result, now);
  return { ...verdict, ...CONSEQUENCES[verdict.kind] };
};

describe('the verdict on a response', () => {
  it.each([200, 204, 299])('is "delivered" for %i', (status) => {
    expect(judged(response(status, { 'retry-after': '60' }))).toEqual({
      kind: 'delivered',
      error: null,
      retryAfter: null,
      outcome: 'success',
      isRetried: false,
      isBlamed: false,
      isOutage: false,
    });
  });

  it.each([300, 301, 399])('is "rejected" for the redirect %i, which is not followed', (status) => {
    expect(judged(response(status, { location: 'https://example.com/' }))).toEqual({
      kind: 'rejected',
      error: 'redirect',
      detail: `answered ${status}; redirects are not followed`,
      retryAfter: null,
      outcome: 'failure',
      isRetried: true,
      isBlamed: true,
      isOutage: false,
    });
  });

  it('says why a redirect was not followed', () => {
    const redirected = { ...response(302), notFollowed: 'it has no location' };
    expect(judge(redirected, now, 'follow')).toMatchObject({
      kind: 'rejected',
      error: 'redirect',
      detail: 'answered 302, which is not followed: it has no location',
    });
  });

  it.each([
    [302, 'delivered'],
    [303, 'delivered'],
    [301, 'rejected'],
    [307, 'rejected'],
    [200, 'delivered'],
    [410, 'gone'],
  ])('is for %i "%s" if the subscription accepts redirects', (status, kind) => {
    expect(judge(response(status), now, 'accept').kind).toBe(kind);
  });

  it.each([
    ...[199, 400, 404, 409, 411, 499].map((status) => ['rejected', status] as const),
    ...[500, 503, 599].map((status) => ['down', status] as const),
  ])('is "%s" for %i, and the delivery is retried', (kind, status) => {
    expect(judged(response(status))).toEqual({
      kind,
      error: 'status',
      detail: `answered ${status}`,
      retryAfter: null,
      outcome: 'failure',
      isRetried: true,
      isBlamed: true,
      isOutage: kind === 'down',
    });
  });

  it('is "gone" for 410, after which nothing is retried', () => {
    expect(judged(response(410))).toEqual({
      kind: 'gone',
      error: 'status',
      detail: 'answered 410',
      retryAfter: null,
      outcome: 'failure',
      isRetried: false,
      isBlamed: true,
      isOutage: false,
    });
  });

  it('is "busy" for 429, which does not count against the endpoint', () => {
    expect(judged(response(429))).toEqual({
      kind: 'busy',
      error: 'status',
      detail: 'answered 429',
      retryAfter: null,
      outcome: 'failure',
      isRetried: true,
      isBlamed: false,
      isOutage: false,
    });
  });

  it.each([429, 503])('has the Retry-After of a %i', (status) => {
    expect(judged(response(status, { 'retry-after': '60' })).retryAfter).toBe(now + 60_000);
  });

  it.each([301, 410, 500])('has no Retry-After for a %i', (status) => {
    expect(judged(response(status, { 'retry-after': '60' })).retryAfter).toBeNull();
  });
});

describe('the verdict without a response', () => {
  it.each(['timeout', 'dns', 'connection', 'tls', 'blocked-address'] as const)(
    'is "down" after the error %s, and the delivery is retried',
    (error) => {
      expect(judged({ error, detail: 'why', durationMs: 12 })).toEqual({
        kind: 'down',
        error,
        detail: 'why',
        retryAfter: null,
        outcome: 'failure',
        isRetried: true,
        isBlamed: true,
        isOutage: true,
      });
    },
  );

  it('is "unrenderable" if no request could be made from the event, which is final and not blamed on the endpoint', () => {
    expect(judged({ error: 'render', detail: 'why', durationMs: 0 })).toEqual({
      kind: 'unrenderable',
      error: 'render',
      detail: 'why',
      retryAfter: null,
      outcome: 'failure',
      isRetried: false,
      isBlamed: false,
      isOutage: false,
    });
  });
});

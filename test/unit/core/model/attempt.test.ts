import { describe, expect, it } from 'vitest';
import { attemptId, judge, loggedRequest } from '../../../../core/model/attempt.ts';
import type { SendResult } from '../../../../core/model/send-result.ts';
import { eventRecord } from '../../../support/records.ts';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, headers: Record<string, string> = {}): SendResult => ({
  response: { status, headers, body: '' },
  durationMs: 12,
});

describe('the verdict on an answer', () => {
  it.each([200, 204, 299])('is success for %i', (status) => {
    expect(judge(answer(status, { 'retry-after': '60' }), now)).toEqual({
      outcome: 'success',
      error: null,
      retryable: false,
      retryAfter: null,
      unwell: false,
      outage: false,
      gone: false,
    });
  });

  it.each([300, 301, 399])('is a failure worth another attempt for the redirect %i', (status) => {
    expect(judge(answer(status, { location: 'https://example.com/' }), now)).toEqual({
      outcome: 'failure',
      error: 'redirect',
      detail: `answered ${status}; redirects are not followed`,
      retryable: true,
      retryAfter: null,
      unwell: true,
      outage: false,
      gone: false,
    });
  });

  it.each([199, 400, 404, 409, 411, 499, 500, 503, 599])(
    'is a failure worth another attempt for %i',
    (status) => {
      expect(judge(answer(status), now)).toEqual({
        outcome: 'failure',
        error: 'status',
        detail: `answered ${status}`,
        retryable: true,
        retryAfter: null,
        unwell: true,
        outage: status >= 500,
        gone: false,
      });
    },
  );

  it('is that the endpoint wants nothing more for 410', () => {
    expect(judge(answer(410), now)).toEqual({
      outcome: 'failure',
      error: 'status',
      detail: 'answered 410',
      retryable: false,
      retryAfter: null,
      unwell: true,
      outage: false,
      gone: true,
    });
  });

  it('is "later" for 429, which says nothing against the endpoint', () => {
    expect(judge(answer(429), now)).toEqual({
      outcome: 'failure',
      error: 'status',
      detail: 'answered 429',
      retryable: true,
      retryAfter: null,
      unwell: false,
      outage: false,
      gone: false,
    });
  });

  it.each([429, 503])('heeds Retry-After with %i', (status) => {
    expect(judge(answer(status, { 'retry-after': '60' }), now).retryAfter).toBe(now + 60_000);
  });

  it.each([301, 410, 500])('does not heed Retry-After with %i', (status) => {
    expect(judge(answer(status, { 'retry-after': '60' }), now).retryAfter).toBeNull();
  });
});

describe('the verdict where no answer came', () => {
  it.each(['timeout', 'dns', 'connection', 'tls', 'blocked-address'] as const)(
    'is a failure of the endpoint worth another attempt after %s',
    (error) => {
      expect(judge({ error, detail: 'why', durationMs: 12 }, now)).toEqual({
        outcome: 'failure',
        error,
        detail: 'why',
        retryable: true,
        retryAfter: null,
        unwell: true,
        outage: true,
        gone: false,
      });
    },
  );

  it('is final, and no fault of the endpoint, where no request could be made of the event', () => {
    expect(judge({ error: 'render', detail: 'why', durationMs: 0 }, now)).toEqual({
      outcome: 'failure',
      error: 'render',
      detail: 'why',
      retryable: false,
      retryAfter: null,
      unwell: false,
      outage: false,
      gone: false,
    });
  });
});

describe('the id of an attempt', () => {
  const event = eventRecord();
  const first = { project: 'erp', subscriptionId: 'sub_1', number: 1, trigger: 'event', event } as const;
  const replay = { id: 'rpl_1', requestedAt: event.acceptedAt, after: 0 };

  it('is the same for every try at recording the same attempt', () => {
    expect(attemptId(first)).toMatch(/^att_[\w-]{22}$/);
    expect(attemptId({ ...first, event: { ...event } })).toBe(attemptId(first));
  });

  it('stays the same from release to release: what is recorded again overwrites itself', () => {
    expect(attemptId({ ...first, event: eventRecord({ id: 'evt_1' }) })).toBe('att_5AwFhJ7EDqrajXIxIySDHY');
  });

  it('is another for another project, event, subscription, number or replay', () => {
    const ids = [
      first,
      { ...first, event: { ...event, project: 'crm' } },
      { ...first, event: { ...event, id: 'evt_2' } },
      { ...first, subscriptionId: 'sub_2' },
      { ...first, number: 2 },
      { ...first, replay },
      { ...first, replay: { ...replay, id: 'rpl_2' } },
    ].map(attemptId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the request as the log keeps it', () => {
  it('has all but the deadline, and no credentials', () => {
    const request = {
      method: 'PUT',
      url: 'https://example.com/hook',
      headers: { authorization: 'Bearer abc', 'webhook-signature': 'v1,abc', 'x-team': 'a' },
      body: '{"total":1.10}',
      timeoutMs: 15_000,
    } as const;
    expect(loggedRequest(request)).toEqual({
      method: 'PUT',
      url: 'https://example.com/hook',
      headers: { authorization: '***', 'webhook-signature': 'v1,abc', 'x-team': 'a' },
      body: '{"total":1.10}',
    });
  });
});

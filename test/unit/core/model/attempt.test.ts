import { describe, expect, it } from 'vitest';
import { attemptId, loggedRequest } from '../../../../core/model/attempt.ts';
import { eventRecord } from '../../../support/records.ts';

describe('the id of an attempt', () => {
  const event = eventRecord();
  const first = { project: 'erp', subscriptionId: 'sub_1', number: 1, trigger: 'event', event } as const;
  const replay = { id: 'rpl_1', requestedAt: event.acceptedAt, after: 0 };

  it('is the same each time that an attempt is recorded', () => {
    expect(attemptId(first)).toMatch(/^att_[\w-]{22}$/);
    expect(attemptId({ ...first, event: { ...event } })).toBe(attemptId(first));
  });

  it('is the same in each release, so that a repeated record overwrites itself', () => {
    expect(attemptId({ ...first, event: eventRecord({ id: 'evt_1' }) })).toBe('att_5AwFhJ7EDqrajXIxIySDHY');
  });

  it('differs by project, event, subscription, number and replay', () => {
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

describe('loggedRequest', () => {
  it('returns the request without its deadline and the values of custom headers', () => {
    const request = {
      method: 'PUT',
      url: 'https://example.com/hook',
      headers: { 'content-type': 'text/plain', 'webhook-signature': 'v1,abc', 'x-team': 'a' },
      body: '{"total":1.10}',
      timeoutMs: 15_000,
    } as const;
    expect(loggedRequest(request)).toEqual({
      method: 'PUT',
      url: 'https://example.com/hook',
      headers: { 'content-type': 'text/plain', 'webhook-signature': 'v1,abc', 'x-team': '***' },
      body: '{"total":1.10}',
    });
  });
});

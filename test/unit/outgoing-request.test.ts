import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formats } from '../../core/dialects/index.ts';
import type { JsonText } from '../../core/domain/json-text.ts';
import { outgoingRequest, RenderError, USER_AGENT } from '../../core/domain/outgoing-request.ts';
import { eventRecord, NOW, subscriptionRecord } from '../support/records.ts';

const event = eventRecord({
  id: 'evt_1',
  data: '{"total":50000.0}' as JsonText,
  actor: '{"id":7}' as JsonText,
});

describe('the request for a hook URL', () => {
  it.each([
    [
      'standard',
      '{"type":"invoice.created","timestamp":"2026-01-15T12:00:00.000Z","data":{"total":50000.0},"actor":{"id":7}}',
    ],
    ['data', '{"total":50000.0}'],
    ['weavy', '{"result":{"total":50000.0}}'],
  ])('has the body of its format: %s', (format, body) => {
    expect(outgoingRequest(subscriptionRecord({ format }), event, formats, NOW).body).toBe(body);
  });

  it('has the headers of the subscription, which may replace the content type but no more', () => {
    const subscription = subscriptionRecord({
      headers: { 'Content-Type': 'application/vnd.x+json', 'X-Team': 'a' },
      timeoutSeconds: 3,
    });
    const { headers, timeoutMs } = outgoingRequest(subscription, event, formats, NOW);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.x+json',
      'x-team': 'a',
      'user-agent': USER_AGENT,
      'webhook-id': 'evt_1',
    });
    expect(timeoutMs).toBe(3000);
  });

  it('is unsigned where no signature is wanted', () => {
    const { headers } = outgoingRequest(subscriptionRecord({ signature: 'none' }), event, formats, NOW);
    expect(Object.keys(headers)).toEqual(['content-type', 'user-agent']);
  });

  it('cannot be made in a format that is unknown', () => {
    expect(() => outgoingRequest(subscriptionRecord({ format: 'xml' }), event, formats, NOW)).toThrow(
      RenderError,
    );
  });

  it('names the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(USER_AGENT).toBe(`Ancrage/${version}`);
  });
});

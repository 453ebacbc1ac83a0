import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RenderError } from '../../../../core/kernel/errors.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { newSecret, rotateSecrets, type SigningSecret } from '../../../../core/model/signing-secret.ts';
import { FORMAT_NAMES } from '../../../../core/request/formats.ts';
import { outgoingRequest, USER_AGENT } from '../../../../core/request/outgoing-request.ts';
import { signatures } from '../../../../core/request/signatures.ts';
import { eventRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const event = eventRecord({
  id: 'evt_1',
  data: '{"total":50000.0}' as JsonText,
  actor: '{"id":7}' as JsonText,
});

describe('outgoingRequest', () => {
  it.each([
    [
      'standard',
      '{"type":"invoice.created","timestamp":"2026-01-15T12:00:00.000Z","data":{"total":50000.0},"actor":{"id":7}}',
    ],
    ['data', '{"total":50000.0}'],
    ['weavy', '{"result":{"total":50000.0}}'],
  ])('makes the body of the format %s', (format, body) => {
    expect(outgoingRequest(subscriptionRecord({ format }), event, NOW).body).toBe(body);
  });

  it('adds the subscription’s headers, which may only replace the content type', () => {
    const subscription = subscriptionRecord({
      headers: { 'Content-Type': 'application/vnd.x+json', 'X-Team': 'a' },
      timeoutSeconds: 3,
    });
    const { headers, timeoutMs } = outgoingRequest(subscription, event, NOW);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.x+json',
      'x-team': 'a',
      'user-agent': USER_AGENT,
      'webhook-id': 'evt_1',
    });
    expect(timeoutMs).toBe(3000);
  });

  it.each(FORMAT_NAMES)('counts the delivery among the hops: the format %s', (format) => {
    const of = subscriptionRecord({
      format,
      template: '{"ancrage-hops": "0"}',
      fields: [{ key: 'a', fieldname: 'b' }],
    });
    const hopsIn = (hops?: number) =>
      outgoingRequest(of, eventRecord({ ...(hops !== undefined && { hops }) }), NOW, {
        project: projectRecord(),
      }).headers['ancrage-hops'];
    expect([hopsIn(), hopsIn(1), hopsIn(8)]).toEqual(['1', '2', '9']);
  });

  it('never sends hops that a subscription has stored, in whatever case', () => {
    for (const name of ['ancrage-hops', 'Ancrage-Hops', 'ANCRAGE-HOPS']) {
      const { headers } = outgoingRequest(
        subscriptionRecord({ headers: { [name]: '0', 'x-a': 'b' } }),
        event,
        NOW,
      );
      expect(headers).toMatchObject({ 'ancrage-hops': '1', 'x-a': 'b' });
      expect(Object.keys(headers).filter((key) => key.toLowerCase() === 'ancrage-hops')).toHaveLength(1);
    }
  });

  it('makes an unsigned request for the signature "none"', () => {
    const { headers } = outgoingRequest(subscriptionRecord({ signature: 'none' }), event, NOW);
    expect(Object.keys(headers)).toEqual(['content-type', 'user-agent', 'ancrage-hops']);
  });

  it('signs with the current secret and those that it replaced, until their overlap ends', () => {
    const [first, second, third] = [newSecret(), newSecret(), newSecret()];
    const rotated = rotateSecrets([{ secret: first, expiresAt: null }], second, 60_000, NOW);
    const subscription = subscriptionRecord({ secrets: rotateSecrets(rotated, third, 120_000, NOW) });
    const verifiesAt = (now: number) => {
      const { headers, body } = outgoingRequest(subscription, event, now);
      const sent = headers['webhook-signature']?.split(' ') ?? [];
      return [first, second, third].map((secret) => {
        const input = { secrets: [secret], webhookId: 'evt_1', timestamp: Math.floor(now / 1000), body };
        const own = signatures.standard.headers(input)['webhook-signature'];
        return sent.includes(own ?? '');
      });
    };
    expect(verifiesAt(NOW + 59_000)).toEqual([true, true, true]);
    expect(verifiesAt(NOW + 60_000)).toEqual([false, true, true]);
    expect(verifiesAt(NOW + 120_000)).toEqual([false, false, true]);
  });

  it('signs with the new secret only without an overlap, and with at most three secrets', () => {
    const old = { secret: newSecret(), expiresAt: null };
    expect(rotateSecrets([old], 'new', 0, NOW)).toEqual([{ secret: 'new', expiresAt: null }]);
    const often = ['b', 'c', 'd'].reduce(
      (secrets: SigningSecret[], secret) => rotateSecrets(secrets, secret, 1000, NOW),
      [old],
    );
    expect(often.map(({ secret }) => secret)).toEqual(['d', 'c', 'b']);
  });

  it('throws a RenderError for an unknown format', () => {
    expect(() => outgoingRequest(subscriptionRecord({ format: 'xml' }), event, NOW)).toThrow(RenderError);
  });

  it('names the package’s version in the user agent', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(USER_AGENT).toBe(`Ancrage/${version}`);
  });
});

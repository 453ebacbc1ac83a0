import { describe, expect, it } from 'vitest';
import { visibleAttempt } from '../../../../core/read/visible-attempt.ts';
import { signatures } from '../../../../core/request/signatures.ts';
import { attemptRecord } from '../../../support/records.ts';

const about = { webhookId: 'evt_1', timestamp: 1_700_000_000, body: '{"total":12.5}' };

/** Signatures with every character of base64, whatever the escaping makes of them. */
const signaturesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => {
    const { 'webhook-signature': signature = '' } = signatures.standard.headers({
      ...about,
      webhookId: `evt_${n}`,
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
    });
    return signature;
  });

const attemptWith = (signature: string, response: string) => {
  const { request } = attemptRecord();
  return attemptRecord({
    request: { ...request, headers: { 'webhook-id': 'evt_1', 'webhook-signature': signature } },
    response: {
      status: 200,
      headers: { 'x-echo': response, 'webhook-signature': signature },
      body: response,
    },
  });
};

describe('an attempt', () => {
  it('has its signature for a key with manage', () => {
    const attempt = attemptWith('v1,abc', 'got v1,abc');
    expect(visibleAttempt(attempt, true)).toEqual(attempt);
  });

  it('has no signature in its request below manage, and everything else', () => {
    const attempt = attemptWith('v1,abc', 'fine');
    expect(visibleAttempt(attempt, false)).toEqual({
      ...attempt,
      request: { ...attempt.request, headers: { 'webhook-id': 'evt_1', 'webhook-signature': '***' } },
      response: { status: 200, headers: { 'x-echo': 'fine', 'webhook-signature': '***' }, body: 'fine' },
    });
  });

  it('needs no response', () => {
    expect(visibleAttempt(attemptRecord({ response: null }), false).response).toBeNull();
  });

  const html = (text: string) => text.replaceAll(/[^\w ]/g, (char) => `&#${char.charCodeAt(0)};`);
  const escapings: [string, (text: string) => string][] = [
    ['as it is', (text) => text],
    ['as JSON of PHP', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
    [
      'as JSON in ASCII',
      (text) => text.replaceAll(/[^\w ]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
    ],
    ['as a URL', encodeURIComponent],
    ['as HTML', html],
  ];
  it.each(escapings)('has no signature that its receiver echoed %s', (_, escaped) => {
    for (const signature of signaturesOf(50)) {
      const seen = visibleAttempt(attemptWith(signature, `got ${escaped(signature)}!`), false);
      for (const text of [seen.response?.body, seen.response?.headers['x-echo']])
        expect(text).toMatch(/^got \W*\*{3}(%20| )\*{3}\W*!$/);
    }
  });

  it('has no beginning of a signature, where the log cut the response', () => {
    const [signature = ''] = signaturesOf(1);
    const seen = visibleAttempt(attemptWith(signature, `${signature.slice(0, 30)}…`), false);
    expect(seen.response?.body).toBe('***…');
  });

  it("has no echo of Frappe's signature", () => {
    const { 'x-frappe-webhook-signature': signature } = signatures.frappe.headers({
      ...about,
      secrets: ['x'],
    });
    const seen = visibleAttempt(attemptWith('', `{"signature": "${signature}"}`), false);
    expect(seen.response?.body).toBe('{"signature": "***"}');
  });

  it.each(['stripe', 'github'] as const)('has no echo of the signature of %s, nor its beginning', (name) => {
    const sent = Object.values(signatures[name].headers({ ...about, secrets: ['x'] }));
    const signature = sent.find((value) => /[0-9a-f]{64}/.test(value)) ?? '';
    const [digits = ''] = /[0-9a-f]{64}/.exec(signature) ?? [];
    const echoes = [
      signature,
      digits,
      digits.toUpperCase(),
      encodeURIComponent(signature),
      signature.slice(0, -40),
    ];
    for (const echo of echoes) {
      const seen = visibleAttempt(attemptWith('', `{"got": "${echo}"}`), false);
      expect(seen.response?.body).not.toContain(digits.slice(0, 8));
    }
  });

  it('keeps the hex of other lengths that its receiver sent', () => {
    const body = `commit ${'a1'.repeat(20)}, sha512 ${'b2'.repeat(64)}`;
    expect(visibleAttempt(attemptWith('', body), false).response?.body).toBe(body);
  });

  it('has no credentials of its URL below manage, not even where its receiver echoed one of them', () => {
    const { request } = attemptRecord();
    const url = 'https://example.com/hooks/a8Kx02mQz7Lp?sig=q9Zr41xx';
    const attempt = attemptRecord({
      request: { ...request, url },
      response: { status: 404, headers: { 'x-sig': 'q9Zr41xx' }, body: 'Cannot POST /hooks/a8Kx02mQz7Lp' },
    });
    expect(visibleAttempt(attempt, true).request.url).toBe(url);
    const seen = visibleAttempt(attempt, false);
    expect(seen.request.url).toBe('https://example.com/hooks/***');
    expect(seen.response).toMatchObject({ headers: { 'x-sig': '***' }, body: 'Cannot POST /hooks/***' });
  });

  it('has no values of headers, even if an earlier version recorded them', () => {
    const { request } = attemptRecord();
    const attempt = attemptRecord({
      request: { ...request, headers: { 'x-team': 'hush' } },
      response: { status: 200, headers: { 'proxy-authorization': 'hush' }, body: '' },
    });
    for (const mayManage of [true, false])
      expect(visibleAttempt(attempt, mayManage)).toMatchObject({
        request: { headers: { 'x-team': '***' } },
        response: { headers: { 'proxy-authorization': '***' } },
      });
  });
});

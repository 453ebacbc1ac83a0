import { describe, expect, it } from 'vitest';
import { redactor, redactorOf } from '../../../../core/model/secret-echo.ts';

const SECRET = 'tk-"+/\\é_=&% 9fK2';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const ascii = (text: string) =>
  text.replaceAll(/[^a-z0-9]/gi, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const html = (text: string) => text.replaceAll(/[^a-z0-9 ]/gi, (char) => `&#${char.charCodeAt(0)};`);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) => new URLSearchParams({ a: text }).toString().slice(2);

const WAYS: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['as JSON', json],
  ['as JSON of PHP', (text) => json(text).replaceAll('/', '\\/')],
  ['as JSON in ASCII', ascii],
  ['as JSON in JSON', (text) => json(json(text))],
  ['as a URL', encodeURIComponent],
  [
    'as a URL in lower case',
    (text) => encodeURIComponent(text).replaceAll(/%../g, (byte) => byte.toLowerCase()),
  ],
  ['as a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['as a form', form],
  ['as HTML', html],
  ['as base64', (text) => base64(text).replaceAll('=', '')],
  ['as base64 in a URL', (text) => encodeURIComponent(base64(text).replaceAll('=', ''))],
  ['as base64url', (text) => Buffer.from(text).toString('base64url')],
  ['as the bytes of Latin-1', (text) => Buffer.from(text, 'latin1').toString()],
  ['as hex', (text) => Buffer.from(text).toString('hex')],
  ['as hex in upper case', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['as hex of Latin-1', (text) => Buffer.from(text, 'latin1').toString('hex')],
];

describe('a redacted text', () => {
  const redact = redactor([SECRET]);

  it.each(WAYS)('has no secret %s', (_, written) => {
    expect(redact(`got ${written(SECRET)} twice: ${written(SECRET)}!`)).toMatch(
      /^got \*{3}\w{0,2} twice: \*{3}\w{0,2}!$/,
    );
  });

  it.each(WAYS)('has no beginning of a secret %s where it was cut', (_, written) => {
    const whole = `got ${written(SECRET)}`;
    const four = Math.max(4, written(SECRET.slice(0, 4)).length);
    for (let length = 'got '.length + four; length <= whole.length; length++)
      expect(redact(whole.slice(0, length))).toMatch(/^got .{0,8}\*{3}\w{0,2}$/);
  });

  it.each(['', 'a', 'ab', 'abc'])('has no secret in base64 of a longer text, after "%s"', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const redacted = redact(Buffer.from(`${before}${SECRET} and more`).toString(encoding));
      const shown = redacted.split('***').map((part) => Buffer.from(part, encoding).toString());
      expect(redacted).toContain('***');
      expect(shown.join()).not.toMatch(/tk-|9fK/);
    }
  });

  it('keeps everything else, escapes included', () => {
    const text = '{"a":"50 %25 \\u00e9 \\"&amp;\\\\","b":"tk-"}';
    expect(redact(text)).toBe(text);
    expect(redact(`${text}${json(SECRET)}${text}`)).toBe(`${text}***${text}`);
    expect(redact('')).toBe('');
  });

  it('has none of several secrets, even if they overlap', () => {
    expect(redactor(['abcdefgh', 'efghijkl', 'abcdefghij'])('<abcdefghijkl> <efghijkl>')).toBe('<***> <***>');
  });

  it('keeps secrets that are shorter than eight characters', () => {
    expect(redactor(['seven..'])('it was seven..')).toBe('it was seven..');
  });
});

describe('the secrets of a subscription', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const redact = redactorOf({
    headers: {
      Authorization: 'Bearer jwt.of.us',
      'X-Basic': `Basic ${base64('someone:pass:word')}`,
      'X-Team': 'finance team',
      'X-Frappe': 'token an-id:a-secret',
      Cookie: 'lang=fr; session="s3ss10n.a"',
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
    },
    secrets: [
      { secret: `whsec_${key.toString('base64')}`, expiresAt: null },
      { secret: 'replaced secret', expiresAt: 0 },
    ],
  });

  it.each([
    'Bearer jwt.of.us',
    'jwt.of.us',
    'someone:pass:word',
    'pass:word',
    'finance team',
    'a-secret',
    's3ss10n.a',
    'replaced secret',
    `whsec_${key.toString('base64')}`,
    key.toString('base64').replaceAll('=', ''),
    key.toString('hex'),
  ])('include %s', (text) => expect(redact(`<${text}>`)).toBe('<***>'));

  it.each(['application/json', 'text/event-stream', 'lang=fr'])('do not include %s', (text) =>
    expect(redact(text)).toBe(text),
  );
});

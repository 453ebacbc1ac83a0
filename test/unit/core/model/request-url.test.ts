import { describe, expect, it } from 'vitest';
import { literalOrigin, requestUrl } from '../../../../core/model/request-url.ts';

describe('the URL that is requested', () => {
  it.each([
    ['/a|b', '/a%7Cb'],
    ['/{a}/^/`/[0]', '/%7Ba%7D/%5E/%60/%5B0%5D'],
    ['/a\\b\\..\\c', '/a%5Cb%5C..%5Cc'],
    ['/100%', '/100%25'],
    ['/100%/%4g/%', '/100%25/%254g/%25'],
    ['/%7B%7b%C3%A9', '/%7B%7b%C3%A9'],
    ['/é ü', '/%C3%A9%20%C3%BC'],
    [`/?a=|{}^\`\\%[]"<>'`, '/?a=%7C%7B%7D%5E%60%5C%25%5B%5D%22%3C%3E%27'],
    ['/?a=%zz&b=%2F', '/?a=%25zz&b=%2F'],
    ["/-._~!$&'()*+,;=:@/?/?:@", "/-._~!$&'()*+,;=:@/?/?:@".replace(/'/, "'")],
    ['/a#fragment', '/a'],
    ['/a?#', '/a'],
    ['', '/'],
    ['?a=b', '/?a=b'],
    ['/a/../b/./c', '/b/c'],
  ])('has only what RFC 3986 allows: %s', (given, target) => {
    const url = requestUrl(`https://example.com${given}`);
    expect(url).toBe(`https://example.com${target}`);
    expect(url).toMatch(/^https:\/\/example\.com\/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*$/i);
    expect(requestUrl(url)).toBe(url);
  });

  it('keeps everything before the path', () => {
    expect(requestUrl('https://user:pass@example.com:8443/|')).toBe('https://user:pass@example.com:8443/%7C');
    expect(requestUrl('http://[::1]:9000/[')).toBe('http://[::1]:9000/%5B');
    expect(requestUrl('https://example.com\\a\\b')).toBe('https://example.com/a%5Cb');
  });

  it.each(['no url', 'https://', 'ftp://example.com/|', 'mailto:a@example.com'])(
    'is left to be refused if it is none of http: %s',
    (url) => expect(requestUrl(url)).toBe(url),
  );
});

describe('the literal origin of a template', () => {
  it.each([
    ['https://Example.com/{{ a }}', 'https://example.com'],
    ['https://example.com:8443?a={{ a }}', 'https://example.com:8443'],
    [' https://example.com/', 'https://example.com'],
    ['https://example.com', 'https://example.com'],
    ['https://example.com/{% if a %}b{% endif %}', 'https://example.com'],
    ['https://example.com{{ a }}', null],
    ['https://example.com{# a #}/', null],
    ['https://{{ a }}/', null],
    ['https:/{{ a }}', null],
    ['https:///{{ a }}', null],
    ['{{ a }}', null],
    ['{% set a = 1 %}https://example.com/', null],
    ['mailto:{{ a }}/', null],
    ['', null],
  ])('of %j is %s', (template, origin) => {
    expect(literalOrigin(template)).toBe(origin);
  });
});

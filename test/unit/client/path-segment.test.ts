import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPathSegment, toPathSegment } from '../../../client/path-segment.ts';
import { decodePath } from '../../../local/http/request-path.ts';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
/** Names with many of the characters that matter, and any others. */
const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...'~./?%#+ a0_-:@=\\\u00e9\ufeff😀'), minLength: 1 }),
);

describe('a name in a path', () => {
  it.each([
    ['order-17_b.c:d@e', 'order-17_b.c:d@e'],
    ['...', '...'],
    ['a~', '~YX4'],
    ['~x', '~fng'],
    ['.', '~Lg'],
    ['..', '~Li4'],
    ['order/1042', '~b3JkZXIvMTA0Mg'],
    ['a?b', '~YT9i'],
    ['50%', '~NTAl'],
    ['ä ö', '~w6Qgw7Y'],
    ['⚓', '~4pqT'],
    ['\ufeffa', '~77u_YQ'],
  ])('is written so that a gateway leaves it as it is: %j is %s', (name, segment) => {
    expect(toPathSegment(name)).toBe(segment);
    expect(fromPathSegment(segment)).toBe(name);
  });

  it('is read as it was written, whatever it is, also behind a gateway that decodes the path', () => {
    fc.assert(
      fc.property(name, (name) => {
        const segment = toPathSegment(name);
        expect(segment).toMatch(/^(?!\.{1,2}$)(~[A-Za-z0-9_-]+|[A-Za-z0-9._:@-]+)$/);
        expect(decodePath(`/${segment}`)).toBe(`/${segment}`);
        expect(new URL(`/${segment}`, 'http://localhost').pathname).toBe(`/${segment}`);
        expect(fromPathSegment(segment)).toBe(name);
      }),
    );
  });

  it('has up to 1,366 characters for 1,024 bytes', () => {
    const longest = '😀'.repeat(256);
    expect(toPathSegment(longest)).toHaveLength(1 + 1366);
    expect(fromPathSegment(toPathSegment(longest))).toBe(longest);
  });

  it('may always be encoded', () => {
    expect(fromPathSegment(`~${base64url('invoice.paid')}`)).toBe('invoice.paid');
  });

  it('is the segment itself if that begins with another character', () => {
    fc.assert(
      fc.property(
        name.filter((name) => !name.startsWith('~')),
        (name) => {
          expect(fromPathSegment(name)).toBe(name);
        },
      ),
    );
  });

  it.each([
    ['nothing', '~'],
    ['padding', '~YQ=='],
    ['one character', '~Y'],
    ['a character more', '~YWJjZ'],
    ['bits left over', '~YR'],
    ['the other alphabet', '~77u/YQ'],
    ['white space', '~YW Jj'],
    ['a literal tilde', '~~'],
    ['a name that is no base64url', '~order.1'],
    ['bytes that are not UTF-8', '~_w'],
    ['half a character', '~4pq'],
    ['a surrogate', '~7aCA'],
    ['an overlong slash', '~wK8'],
  ])('cannot be read from %s: %s', (_, segment) => {
    expect(fromPathSegment(segment)).toBeNull();
  });

  it('has one encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AaQZ09_-+/= ') }), (text) => {
        const name = fromPathSegment(`~${text}`);
        if (name !== null) expect(base64url(name)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

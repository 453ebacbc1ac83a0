import { describe, expect, it } from 'vitest';
import { isOriginValue, newOriginValue, parseOriginSecret } from '../../../../core/model/origin-secret.ts';

describe('an origin value', () => {
  it.each([
    ['the current value', 'one', { current: 'one' }],
    ['the value that is being added', 'two', { current: 'one', next: 'two' }],
    ['the value that stays while another is added', 'one', { current: 'one', next: 'two' }],
    ['the value that is being removed', 'one', { current: 'two', previous: 'one' }],
  ])('is valid if it is %s', (_, header, secret) => {
    expect(isOriginValue(header, secret)).toBe(true);
  });

  it.each([
    ['is missing', undefined, { current: 'one' }],
    ['is empty', '', { current: 'one' }],
    ['is empty, as is the secret', '', { current: '' }],
    ['is missing, and the secret is empty', undefined, { current: '', next: '', previous: '' }],
    ['is wrong', 'two', { current: 'one' }],
    ['is the beginning of one', 'on', { current: 'one', next: 'two' }],
    ['has another case', 'ONE', { current: 'one' }],
    ['is two at once, as a header sent twice', 'one,two', { current: 'one', next: 'two' }],
    ['was removed', 'one', { current: 'two' }],
    ['is the name of a property', 'undefined', { current: 'one' }],
  ])('is not valid if it %s', (_, header, secret) => {
    expect(isOriginValue(header, secret)).toBe(false);
  });

  it('is new each time, and fits into a header', () => {
    const values = Array.from({ length: 100 }, newOriginValue);
    expect(new Set(values).size).toBe(100);
    for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
  });
});

describe('an origin secret', () => {
  it('has a current value, and while it is rotated another', () => {
    expect(parseOriginSecret('{"current":"one"}')).toEqual({ current: 'one' });
    expect(parseOriginSecret('{"current":"one","next":"two","note":"x"}')).toEqual({
      current: 'one',
      next: 'two',
    });
    expect(parseOriginSecret('{"current":"two","previous":"one","next":""}')).toEqual({
      current: 'two',
      previous: 'one',
    });
  });

  it.each(['', 'one', '"one"', 'null', '{}', '[]', '{"current":""}', '{"current":1}', '{"next":"one"}'])(
    'is not %s, and the error does not quote it',
    (text) => {
      expect(() => parseOriginSecret(text)).toThrow(
        /^The origin secret (is not JSON|has no current value)\.$/,
      );
    },
  );
});

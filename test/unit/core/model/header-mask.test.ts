import { describe, expect, it } from 'vitest';
import {
  maskHeaders,
  maskResponseHeaders,
  refuseKeptHeaders,
  unmaskHeaders,
} from '../../../../core/model/header-mask.ts';

const faultsOf = (check: () => unknown) => {
  try {
    check();
  } catch (error) {
    return (error as { faults: { path: string; message: string }[] }).faults;
  }
  return [];
};

describe('the headers of a subscription or a request', () => {
  it.each(['Authorization', 'x-api-key', 'X-Team', 'Accept-Language', 'constructor'])(
    'hide the value of %s, whatever its name says',
    (name) => expect(maskHeaders({ [name]: 'hush' })).toEqual({ [name]: '***' }),
  );

  it.each(['content-type', 'Accept', 'webhook-signature', 'webhook-id', 'user-agent', 'ancrage-hops'])(
    'show the value of %s',
    (name) => expect(maskHeaders({ [name]: 'shown' })).toEqual({ [name]: 'shown' }),
  );
});

describe('the headers of a response', () => {
  it.each([
    'set-cookie',
    'authorization',
    'www-authenticate',
    'proxy-authenticate',
    'proxy-status',
    'authentication-info',
    'x-api-key',
  ])('hide the value of %s', (name) =>
    expect(maskResponseHeaders({ [name]: 'hush' })).toEqual({ [name]: '***' }),
  );

  it.each(['content-type', 'retry-after', 'x-request-id', 'webhook-signature'])(
    'show the value of %s',
    (name) => expect(maskResponseHeaders({ [name]: 'shown' })).toEqual({ [name]: 'shown' }),
  );
});

describe('masks that a caller sends', () => {
  it('keep the stored values of their names, in any case', () => {
    expect(
      unmaskHeaders({ authorization: '***', 'x-team': 'b' }, { Authorization: 'hush', 'x-team': 'a' }),
    ).toEqual({ authorization: 'hush', 'x-team': 'b' });
  });

  it('are refused with each name for which nothing is stored', () => {
    const given = { 'X-New': '***', constructor: '***', 'x-team': '***' };
    expect(faultsOf(() => unmaskHeaders(given, { 'x-team': 'a' })).map(({ path }) => path)).toEqual([
      'headers.X-New',
      'headers.constructor',
    ]);
  });
});

describe('another URL', () => {
  const stored = { Authorization: 'hush', 'X-Team': 'a', 'Content-Type': 'text/plain' };
  const namesOf = (given: Record<string, string>) =>
    faultsOf(() => refuseKeptHeaders(given, stored)).map(({ path }) => path);

  it.each<[string, Record<string, string>, string[]]>([
    ['with no headers', {}, ['headers.Authorization', 'headers.X-Team']],
    ['with masks', { Authorization: '***', 'x-team': '***' }, ['headers.Authorization', 'headers.X-Team']],
    ['without one of them', { authorization: 'other' }, ['headers.X-Team']],
    ['with all values', { authorization: 'hush', 'x-team': 'a' }, []],
  ])('%s is refused with the secret headers that have no value', (_, given, missing) => {
    expect(namesOf(given)).toEqual(missing);
  });
});

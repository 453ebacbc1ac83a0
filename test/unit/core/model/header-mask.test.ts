import { describe, expect, it } from 'vitest';
import { maskHeaders, unmaskHeaders } from '../../../../core/model/header-mask.ts';

describe('masked headers', () => {
  it.each([
    'Authorization',
    'x-api-key',
    'api_key',
    'X-Functions-Key',
    'Ocp-Apim-Subscription-Key',
    'x-auth-token',
    'Cookie',
    'x-session',
    'X-Hub-Signature',
  ])('hide the value of %s', (name) => {
    expect(maskHeaders({ [name]: 'hush' })).toEqual({ [name]: '***' });
  });

  it.each(['content-type', 'x-team', 'webhook-signature', 'webhook-id', 'user-agent', 'keep-alive'])(
    'show the value of %s',
    (name) => {
      expect(maskHeaders({ [name]: 'shown' })).toEqual({ [name]: 'shown' });
    },
  );

  it('restore their stored values when a caller sends them back, in any case', () => {
    expect(
      unmaskHeaders(
        { authorization: '***', 'x-team': 'b', 'x-new': '***' },
        { Authorization: 'hush', 'x-team': 'a' },
      ),
    ).toEqual({
      authorization: 'hush',
      'x-team': 'b',
      'x-new': '***',
    });
    expect(unmaskHeaders({ constructor: '***' }, {})).toEqual({ constructor: '***' });
  });
});

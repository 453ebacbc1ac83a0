import { describe, expect, it } from 'vitest';
import { ROUTES, type Route, routeKeysOf } from '../../core/routes.ts';
import { useStack } from '../support/stack.ts';

const routes = Object.values<Route>(ROUTES).flatMap((row) =>
  routeKeysOf(row)
    .filter((key) => key !== '$default')
    .map((key) => ({
      key,
      isOpen: row.scope === 'open',
      isDescription: row.function === 'openapi',
      refusesStrangers: row.refusesStrangers === true,
    })),
);

describe('an answer of the API', () => {
  const stack = useStack();
  const send = (key: string, authorization?: string) => {
    const [method = '', path = ''] = key.replace(/^ANY /, 'POST ').split(' ');
    return fetch(stack().outputs.apiUrl + path.replaceAll(/\{\w+\+?\}/g, 'x'), {
      method,
      headers: authorization === undefined ? {} : { authorization },
    });
  };

  it.each(routes)(
    'is stored by nobody, has the type that it says, and binds browsers to https: $key',
    async ({ key, isDescription }) => {
      for (const authorization of [`Bearer ${stack().adminKey}`, 'Bearer nobody']) {
        const { headers } = await send(key, authorization);
        expect(headers.get('cache-control')).toBe(isDescription ? 'public, max-age=300' : 'no-store');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      }
    },
  );

  it.each(routes.filter(({ isOpen, refusesStrangers }) => !isOpen && !refusesStrangers))(
    'to a stranger without a header comes from the gateway, which invokes nothing: $key',
    async ({ key }) => {
      const invoked: string[] = [];
      stack().functions.observe(({ functionName }) => invoked.push(functionName));
      const answer = await send(key);
      const body = key.startsWith('HEAD ') ? '' : '{"message":"Unauthorized"}';
      expect([answer.status, await answer.text()]).toEqual([401, body]);
      stack().functions.observe(() => {});
      expect(invoked.filter((name) => name === 'authorize')).toEqual([]);
    },
  );

  it.each(routes.filter(({ refusesStrangers }) => refusesStrangers))(
    "to a stranger is an exception in Frappe's form, which its clients recognise: $key",
    async ({ key }) => {
      const answer = await send(key);
      expect(answer.status).toBe(401);
      if (key.startsWith('HEAD ')) return;
      expect(await answer.json()).toMatchObject({
        exc_type: 'AuthenticationError',
        exc: expect.stringContaining('AuthenticationError'),
      });
    },
  );
});

import { describe, expect, it } from 'vitest';
import { operations, pathWith } from '../support/operations.ts';
import { useStack } from '../support/stack.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'];
const paths = [...new Set(operations.map(({ path }) => path))];

/** Methods that no operation has at its path, not even one with a parameter in the place of a name. */
const unknown = paths.flatMap((path) =>
  METHODS.filter(
    (method) =>
      !operations.some(
        (operation) =>
          operation.method === method &&
          new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
      ),
  ).map((method) => ({ method, path })),
);

describe('a method that no operation has', () => {
  const stack = useStack();
  const send = async (method: string, path: string, bearer: string) => {
    const answer = await fetch(stack().outputs.apiUrl + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      ...(!['GET', 'HEAD'].includes(method) && { body: '{"a":' }),
    });
    return { answer, text: await answer.text() };
  };

  it.each(unknown)('gets a problem as its response: $method $path', async ({ method, path }) => {
    const { project } = stack();
    const where = pathWith(path, { projects: project, EntryPoints: project, 'event-types': 'a' });
    for (const [bearer, status] of [
      [stack().adminKey, 404],
      ['nobody', 401],
    ] as const) {
      const { answer, text } = await send(method, where, bearer);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      if (method === 'HEAD') expect(text).toBe('');
      else expect(JSON.parse(text)).toMatchObject({ type: 'about:blank', status });
    }
  });
});

import { expect, it } from 'vitest';
import { operations } from '../../../../core/openapi/operations.ts';

const strict = operations.filter(({ parameters }) => parameters !== 'lenient');

it.each(strict.map((operation) => [operation.operationId, operation] as const))(
  '%s takes the parameters that are documented, and no others',
  (_, { parameters, query }) => {
    expect([...parameters].sort()).toEqual(Object.keys(query?.schema.shape ?? {}).sort());
  },
);

it('are strict in Ancrage’s own API, and in no dialect', () => {
  const lenient = operations.filter(({ parameters }) => parameters === 'lenient');
  expect(lenient.map(({ path }) => path).filter((path) => path.startsWith('/v1/'))).toEqual([
    '/v1/Authenticate',
    '/v1/EntryPoints/{project}/process/',
  ]);
  expect(strict.every(({ path }) => /^\/v1\/(projects|key|token)\b/.test(path))).toBe(true);
});

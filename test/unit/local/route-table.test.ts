import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../../local/http/route-table.ts';

const tableOf = (...routeKeys: string[]) =>
  new RouteTable(routeKeys.map((routeKey) => ({ routeKey, target: routeKey })));

describe('RouteTable', () => {
  // Less exact routes come first, because the order of the routes must not matter.
  const table = tableOf(
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/{kind}/{id}',
    'ANY /pets/dog/{id}',
    'GET /pets/dog/{id}',
    'GET /pets/dog/1',
  );

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/2', 'ANY /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/2', 'GET /pets/{kind}/{id}', { kind: 'cat', id: '2' }],
    ['GET', '/pets/cat/2/toys', 'GET /pets/{proxy+}', { proxy: 'cat/2/toys' }],
    ['GET', '/pets/cat', 'GET /pets/{proxy+}', { proxy: 'cat' }],
    ['POST', '/pets/cat', 'ANY /{proxy+}', { proxy: 'pets/cat' }],
    ['GET', '/', '$default', {}],
  ])('matches %s %s with %s', (method, path, routeKey, pathParameters) => {
    expect(table.match(method, path)).toEqual({ routeKey, target: routeKey, pathParameters });
  });

  it.each([
    ['another method', 'POST', '/v1/projects'],
    ['a trailing slash', 'GET', '/v1/projects/'],
    ['an empty parameter', 'GET', '/v1/projects//keys'],
    ['another case', 'GET', '/V1/projects'],
    ['a longer path', 'GET', '/v1/projects/demo/keys/1'],
  ])('finds no route for a request with %s', (_, method, path) => {
    const projects = tableOf(
      'GET /v1/projects',
      'GET /v1/projects/{project}',
      'GET /v1/projects/{project}/keys',
    );

    expect(projects.match(method, path)).toBeUndefined();
  });
});

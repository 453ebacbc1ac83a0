import { describe, expect, it } from 'vitest';
import { type Exchange, refuseUndocumented } from '../../support/conformance.ts';

const project = {
  id: 'demo',
  name: null,
  exportKey: null,
  companyId: null,
  retentionDays: 30,
  createdAt: '2026-01-02T03:04:05.000Z',
};
const problem = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'There is no project "demo".',
};

const exchange = (given: Partial<Exchange> & { body?: unknown } = {}): Exchange => {
  const { body = project, ...rest } = given;
  return {
    ...{ method: 'GET', path: '/v1/projects/demo', status: 200, contentType: 'application/json' },
    request: { contentType: 'application/json', body: undefined },
    text: JSON.stringify(body),
    ...rest,
  };
};
const problemExchange = { status: 404, contentType: 'application/problem+json', body: problem };

describe('what the end-to-end tests hold every answer against', () => {
  it.each<[string, Parameters<typeof exchange>[0]]>([
    ['an answer', {}],
    ['a problem', problemExchange],
    ['what no route takes', { ...problemExchange, path: '/v1/nothing' }],
    ['no body', { method: 'DELETE', status: 204, contentType: null, text: '' }],
    [
      'Weavy’s paths in any case',
      { ...problemExchange, method: 'POST', path: '/V1/entrypoints/demo/PROCESS?c=x' },
    ],
  ])('lets pass %s', (_name, given) => {
    expect(() => refuseUndocumented(exchange(given))).not.toThrow();
  });

  it.each<[string, Parameters<typeof exchange>[0], RegExp]>([
    ['a status', { status: 500 }, /getProject .* 500\n {2}the document has no such status/],
    ['a field', { body: { ...project, colour: 'red' } }, /"additionalProperty":"colour"/],
    ['the lack of one', { body: { ...project, name: undefined } }, /"missingProperty":"name"/],
    [
      'a time without a zone',
      { body: { ...project, createdAt: '2026-01-02' } },
      /createdAt must match format/,
    ],
    ['a content type', { contentType: 'text/plain' }, /has no text\/plain there/],
    ['a body', { method: 'DELETE', status: 204 }, /there is a body/],
    [
      'another status within a problem',
      { ...problemExchange, body: { ...problem, status: 400 } },
      /status is another/,
    ],
    ['an operation', { path: '/v1/nothing' }, /no such operation/],
    ['a parameter that was accepted', { path: '/v1/projects/demo?x=1' }, /no parameter x/],
    [
      'a request that was accepted',
      { method: 'PATCH', request: { contentType: 'application/json', body: '{"x":1}' } },
      /accepted although .*"additionalProperty":"x"/,
    ],
  ])('refuses %s', (_name, given, fault) => {
    expect(() => refuseUndocumented(exchange(given))).toThrow(fault);
  });
});

import { describe, expect, it } from 'vitest';
import { type Exchange, refuseUndocumented } from '../../support/conformance.ts';

const project = {
  id: 'demo',
  name: null,
  exportKey: null,
  companyId: null,
  retentionDays: 30,
  frappeVersion: 16,
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

describe('refuseUndocumented', () => {
  it.each<[string, Parameters<typeof exchange>[0]]>([
    ['a documented response', {}],
    ['a problem document', problemExchange],
    ['a path without a route', { ...problemExchange, path: '/v1/nothing' }],
    ['a response without a body', { method: 'DELETE', status: 204, contentType: null, text: '' }],
    [
      'Weavy’s paths in any case',
      { ...problemExchange, method: 'POST', path: '/V1/entrypoints/demo/PROCESS?c=x' },
    ],
  ])('accepts %s', (_name, given) => {
    expect(() => refuseUndocumented(exchange(given))).not.toThrow();
  });

  it.each<[string, Parameters<typeof exchange>[0], RegExp]>([
    ['an undocumented status', { status: 500 }, /getProject .* 500\n {2}the document has no such status/],
    ['an undocumented field', { body: { ...project, colour: 'red' } }, /"additionalProperty":"colour"/],
    ['a missing field', { body: { ...project, name: undefined } }, /"missingProperty":"name"/],
    [
      'a time without a zone',
      { body: { ...project, createdAt: '2026-01-02' } },
      /createdAt must match format/,
    ],
    ['an undocumented content type', { contentType: 'text/plain' }, /has no text\/plain there/],
    ['an undocumented body', { method: 'DELETE', status: 204 }, /there is a body/],
    [
      'a problem document with another status',
      { ...problemExchange, body: { ...problem, status: 400 } },
      /status is another/,
    ],
    ['a response of an undocumented operation', { path: '/v1/nothing' }, /no such operation/],
    ['an undocumented parameter that was accepted', { path: '/v1/projects/demo?x=1' }, /no parameter x/],
    [
      'an invalid request that was accepted',
      { method: 'PATCH', request: { contentType: 'application/json', body: '{"x":1}' } },
      /accepted although .*"additionalProperty":"x"/,
    ],
  ])('rejects %s', (_name, given, fault) => {
    expect(() => refuseUndocumented(exchange(given))).toThrow(fault);
  });
});

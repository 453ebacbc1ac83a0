import type { Context } from 'aws-lambda';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { NotFoundError } from '../../../core/kernel/errors.ts';
import { mapValues } from '../../../core/kernel/objects.ts';
import { ROUTES } from '../../../core/routes.ts';
import { api } from '../../../lambdas/middleware/api.ts';
import { beforeBody, type Handlers } from '../../../lambdas/middleware/handlers.ts';
import type { ApiEvent } from '../../../lambdas/middleware/request.ts';
import { lastingAuthorities } from '../../support/in-memory/authorities.ts';
import { silentLog } from '../../support/in-memory/log.ts';
import { inMemoryTenants } from '../../support/in-memory/projects-and-keys.ts';

const { projects } = inMemoryTenants(() => 0);
const options = { log: silentLog, projects, authorities: lastingAuthorities };
const unused = async () => ({ status: 204 });
const replay: Handlers<'replay'> = {
  replaySubscription: unused,
  listReplayJobs: unused,
  getReplayJob: unused,
  cancelReplayJob: unused,
  listJobs: unused,
  resendDeliveries: unused,
  replayEvent: unused,
};

const event = (routeKey: string, given: Partial<ApiEvent>) =>
  ({
    routeKey,
    headers: { 'content-type': 'application/json' },
    pathParameters: { project: 'erp', id: 'a' },
    requestContext: {
      requestId: 'r',
      http: { method: 'POST' },
      authorizer: { lambda: { keyId: 'key_1', project: 'erp', scopes: 'manage publish' } },
    },
    ...given,
  }) as ApiEvent;

describe('the handler of a function', () => {
  it('has exactly the operations of its function in the table of routes', () => {
    type Operations =
      | 'replaySubscription'
      | 'listReplayJobs'
      | 'getReplayJob'
      | 'cancelReplayJob'
      | 'listJobs'
      | 'resendDeliveries'
      | 'replayEvent';
    expectTypeOf<keyof Handlers<'replay'>>().toEqualTypeOf<Operations>();
    expectTypeOf<keyof Handlers<'publish'>>().toEqualTypeOf<'publishEvents'>();
  });

  it('gets the parameters of its path, and JSON only if its route has a JSON body', () => {
    type RequestOf<Handler> = Parameters<Extract<Handler, (request: never) => unknown>>[0];
    type Replay = RequestOf<Handlers<'replay'>['replayEvent']>;
    type Job = RequestOf<Handlers<'replay'>['getReplayJob']>;
    expectTypeOf<keyof Job['path']>().toEqualTypeOf<'project' | 'id' | 'job'>();
    expectTypeOf<Replay>().toHaveProperty('json');
    expectTypeOf<Job>().not.toHaveProperty('json');
    expectTypeOf<RequestOf<Handlers<'authenticate'>['createToken']>>().not.toHaveProperty('principal');
  });

  it.each([undefined, null])(
    'runs where the gateway names no parameters of the path: %s',
    async (pathParameters) => {
      const getOwnKey: Handlers<'projects'>['getOwnKey'] = async ({ principal }) => ({
        ...{ status: 200, body: { project: principal.project } },
      });
      const others = mapValues(ROUTES, () => unused);
      const handlers: Handlers<'projects'> = { ...others, getOwnKey };
      const given: object = { pathParameters };
      const answer = await api('projects', options, handlers)(event('GET /v1/key', given), {} as Context);
      expect(answer).toMatchObject({ statusCode: 200, body: '{"project":"erp"}' });
    },
  );

  it('answers 404 for a route that it does not know', async () => {
    const answer = await api('replay', options, replay)(event('GET /v1/nowhere', {}), {} as Context);
    expect(answer).toMatchObject({ statusCode: 404, body: expect.stringContaining('GET /v1/nowhere') });
  });
});

describe('a path without names', () => {
  it.each([
    ['left out, as by API Gateway', {}],
    ['null, as by an emulator', { pathParameters: null as unknown as Record<string, string> }],
  ])('is one whose parameters are %s', async (_, given) => {
    const route = 'POST /v1/projects/{project}/events/{id}/replay';
    const { pathParameters: _names, ...without } = event(route, { body: '{}' });
    const answer = await api('replay', options, replay)({ ...without, ...given } as ApiEvent, {} as Context);
    expect(answer).toMatchObject({ statusCode: 204 });
  });
});

describe('a JSON body', () => {
  const ROUTE = 'POST /v1/projects/{project}/events/{id}/replay';
  const send = async (given: Partial<ApiEvent>, replayEvent: Handlers<'replay'>['replayEvent']) =>
    api('replay', options, { ...replay, replayEvent })(event(ROUTE, given), {} as Context);
  const echo: Handlers<'replay'>['replayEvent'] = async ({ json }) => ({ status: 200, body: json });

  it.each([
    ['as it is', { body: '{ "a": 1.10, "b": 12345678901234567890 }' }],
    [
      'in base64',
      {
        body: Buffer.from('{"a":1.10,"b":12345678901234567890}').toString('base64'),
        isBase64Encoded: true,
      },
    ],
  ])('keeps its numbers exactly: %s', async (_, given) => {
    const { body = '' } = await send(given, echo);
    expect(JSON.parse(body)).toEqual({
      value: JSON.parse('{"a":1.10,"b":12345678901234567890}'),
      text: '{"a":1.10,"b":12345678901234567890}',
    });
  });

  it.each([
    ['after a byte order mark', { body: '\uFEFF{"a":1}' }],
    [
      'after a byte order mark, in base64',
      { body: Buffer.from('\uFEFF{"a":1}').toString('base64'), isBase64Encoded: true },
    ],
    [
      'with white space before the parameters of its type',
      { headers: { 'content-type': 'application/json ; charset=utf-8' } },
    ],
    ['of the type text/json', { headers: { 'content-type': 'text/json' } }],
    [
      'with the content encoding "identity"',
      { headers: { 'content-type': 'application/json', 'content-encoding': 'Identity' } },
    ],
  ])('is read %s', async (_, given) => {
    const { body = '' } = await send({ body: '{"a":1}', ...given }, echo);
    expect(JSON.parse(body)).toMatchObject({ value: { a: 1 }, text: '{"a":1}' });
  });

  it.each([
    ['that is not UTF-8', 400, Buffer.from([0x22, 0xe9, 0x22]), {}],
    ['in UTF-16', 400, Buffer.from('\uFEFF{}', 'utf16le'), {}],
    ['that is compressed', 415, Buffer.from([0x1f, 0x8b]), { 'content-encoding': 'gzip' }],
    ['with two content encodings', 415, Buffer.from('{}'), { 'content-encoding': 'identity, gzip' }],
  ])('is refused %s: %i', async (_, statusCode, bytes, headers) => {
    const given = { body: bytes.toString('base64'), isBase64Encoded: true };
    const answer = send({ ...given, headers: { 'content-type': 'application/json', ...headers } }, echo);
    expect(await answer).toMatchObject({ statusCode });
  });

  it('may be empty if the route allows it, whatever the content type', async () => {
    const { body = '' } = await send({ headers: {} }, echo);
    expect(JSON.parse(body)).toEqual({ value: {}, text: '{}' });
  });

  it.each([
    ['application/json', '{', 422, 'This is not JSON: '],
    ['application/json', '{"a":1,"a":2}', 422, 'a is a duplicate name'],
    ['application/json', '{"a":{"__proto__":1}}', 422, 'a.__proto__ is not an allowed name'],
    ['application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'is nested too deeply'],
    ['text/plain', '{}', 415, 'application/json'],
    ['application/json', `"${'x'.repeat(300_000)}"`, 413, 'The body has more than 262144 bytes.'],
  ])('is rejected: %s %.30s', async (type, body, status, detail) => {
    const answer = await send({ headers: { 'content-type': type }, body }, echo);
    expect(answer).toMatchObject({ statusCode: status, body: expect.stringContaining(detail) });
  });

  it('is read after the check of its handler', async () => {
    const replayEvent: Handlers<'replay'>['replayEvent'] = beforeBody(
      async ({ path }) => {
        if (path.id !== 'a') throw new NotFoundError('There is no such event.');
        return path.id;
      },
      async ({ json }, id) => ({ status: 200, body: { json, id } }),
    );
    const missing = { pathParameters: { project: 'erp', id: 'b' }, body: '{' };
    expect(await send(missing, replayEvent)).toMatchObject({ statusCode: 404 });
    expect(await send({ body: '{' }, replayEvent)).toMatchObject({ statusCode: 422 });
    const { body = '' } = await send({ body: '{}' }, replayEvent);
    expect(JSON.parse(body)).toMatchObject({ id: 'a' });
  });
});

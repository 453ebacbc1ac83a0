import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { originCheck } from '../../../core/auth/origin-check.ts';
import { ORIGIN_HEADER } from '../../../core/contract.ts';
import { authorizeHandler } from '../../../lambdas/authorize/handler.ts';
import { api, openApi } from '../../../lambdas/middleware/api.ts';
import type { ApiEvent } from '../../../lambdas/middleware/request.ts';
import { openApiHandler } from '../../../lambdas/openapi/handler.ts';
import { lastingAuthorities } from '../../support/in-memory/authorities.ts';
import { silentLog } from '../../support/in-memory/log.ts';
import { inMemoryTenants } from '../../support/in-memory/projects-and-keys.ts';

const checkOf = (text: string) => originCheck({ read: async () => text, clock: () => 0, log: silentLog });
const check = checkOf('{"current":"one","next":"two"}');
const context = {} as Context;

const event = (routeKey: string, headers: Record<string, string>, lambda?: object) =>
  ({
    routeKey,
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
    requestContext: {
      requestId: 'r',
      domainName: 'gateway',
      http: { method: 'GET' },
      authorizer: { lambda },
    },
  }) as unknown as ApiEvent & APIGatewayProxyEventV2;

const FORBIDDEN = {
  type: 'about:blank',
  title: 'Forbidden',
  status: 403,
  detail: 'This request is not allowed.',
};

describe('an open route', () => {
  let seen: Readonly<Record<string, unknown>> | undefined;
  const handler = (cameThroughCloudFront?: typeof check) =>
    openApi(
      'authenticate',
      { log: silentLog, cameThroughCloudFront },
      {
        createToken: async ({ headers }) => {
          seen = headers;
          return { status: 204 };
        },
      },
    );
  const call = async (headers: Record<string, string>, cameThroughCloudFront?: typeof check) => {
    seen = undefined;
    return handler(cameThroughCloudFront)(event('POST /v1/Authenticate', headers), context);
  };

  it.each(['one', 'two'])('answers a request with a valid header: %s', async (value) => {
    expect(await call({ [ORIGIN_HEADER]: value }, check)).toMatchObject({ statusCode: 204 });
  });

  it.each([
    ['without the header', {}],
    ['with an empty header', { [ORIGIN_HEADER]: '' }],
    ['with a wrong header', { [ORIGIN_HEADER]: 'three' }],
    ['with a valid value in another header', { 'x-forwarded-for': 'one' }],
  ])('answers a request %s with 403, and does nothing', async (_, headers) => {
    const answer = await call(headers, check);
    expect(answer).toMatchObject({
      statusCode: 403,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(answer.body ?? '')).toEqual(FORBIDDEN);
    expect(seen).toBeUndefined();
  });

  it('answers 503 if the secret is not known, and does nothing', async () => {
    expect(await call({ [ORIGIN_HEADER]: '' }, checkOf('{"current":""}'))).toMatchObject({ statusCode: 503 });
    expect(seen).toBeUndefined();
  });

  it('refuses before it reads the body', async () => {
    const broken = { ...event('POST /v1/Authenticate', { 'content-encoding': 'gzip' }), body: '{' };
    expect(await handler(check)(broken, context)).toMatchObject({ statusCode: 403 });
  });

  it('does not pass the value on, and takes requests from anywhere without the setting', async () => {
    expect(await call({ [ORIGIN_HEADER]: 'one', accept: 'a' }, check)).toMatchObject({ statusCode: 204 });
    expect(seen).toEqual({ 'content-type': 'application/json', accept: 'a' });
    expect(await call({ accept: 'a' })).toMatchObject({ statusCode: 204 });
  });

  it('of the API description refuses as well, and names the public host', async () => {
    const serve = openApiHandler({
      log: silentLog,
      publicHost: 'api.example',
      cameThroughCloudFront: check,
    });
    for (const key of ['GET /docs', 'HEAD /docs', 'GET /openapi.json', 'GET /openapi-3.0.json'])
      expect(await serve(event(key, {}), context), key).toMatchObject({ statusCode: 403 });
    const { body } = await serve(event('GET /openapi.json', { [ORIGIN_HEADER]: 'one' }), context);
    expect(JSON.parse(body ?? '').servers).toMatchObject([{ url: 'https://api.example' }]);
  });
});

describe('a route behind the authorizer', () => {
  const { projects } = inMemoryTenants(() => 0);
  const handler = api(
    'publish',
    { log: silentLog, projects, authorities: lastingAuthorities },
    { publishEvents: async () => ({ status: 204 }) },
  );

  it.each(['POST /v1/projects/{project}/events', 'GET /v1/nowhere'])(
    'answers a request that the authorizer calls an outsider with 403: %s',
    async (key) => {
      const { statusCode, body } = await handler(event(key, {}, { isOutside: 'true' }), context);
      expect([statusCode, JSON.parse(body ?? '')]).toEqual([403, FORBIDDEN]);
    },
  );

  it('needs no secret: the authorizer finds outsiders, without a look at the table', async () => {
    const looked: string[] = [];
    const authorize = authorizeHandler({
      keys: { findByHash: async (hash: string) => void looked.push(hash) } as never,
      projects,
      clock: () => 0,
      log: silentLog,
      cameThroughCloudFront: check,
    });
    const send = (headers: Record<string, string>) =>
      authorize({ headers: { authorization: 'Bearer x', ...headers }, requestContext: {} } as never, context);
    for (const headers of [{}, { [ORIGIN_HEADER]: '' }, { [ORIGIN_HEADER]: 'three' }] as Record<
      string,
      string
    >[])
      expect(await send(headers)).toEqual({ isAuthorized: true, context: { isOutside: 'true' } });
    expect(looked).toEqual([]);
    for (const value of ['one', 'two'])
      expect((await send({ [ORIGIN_HEADER]: value })).context).not.toHaveProperty('isOutside');
  });

  it('answers 503 if the authorizer does not know the secret', async () => {
    const authorize = authorizeHandler({
      keys: {} as never,
      projects,
      clock: () => 0,
      log: silentLog,
      cameThroughCloudFront: checkOf('{}'),
    });
    const asked = { headers: { authorization: 'Bearer x' }, requestContext: {} } as never;
    const { context: found } = await authorize(asked, context);
    expect(found).toEqual({ unavailable: 'true' });
  });
});

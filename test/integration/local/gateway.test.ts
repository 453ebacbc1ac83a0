import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Gateway } from '../../../local/http/gateway.ts';
import type { Authorizer, Target } from '../../../local/http/http-api.ts';
import { type HttpServer, startHttpServer } from '../../../local/http/http-server.ts';
import type { Route } from '../../../local/http/route-table.ts';
import { type HostedFunctions, hostFunctions } from './functions-fixture.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests assert the content of responses.
  readonly json: any;
}

interface Sent {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

const FUNCTIONS = {
  echo: 'exports.handler = async (event) => event;',
  // Returns the result or throws the error in the request body.
  answer: `exports.handler = async ({ body }) => {
    const { result, fault } = JSON.parse(body);
    if (fault) throw new Error(fault);
    return result;
  };`,
  hang: 'exports.handler = () => new Promise(() => {});',
  authorize: `let calls = 0;
    exports.handler = async (event) => {
      calls += 1;
      switch (event.identitySource[0] ?? event.headers.authorization) {
        case 'allow': return { isAuthorized: true, context: { calls, user: 7, list: [1] } };
        case 'allow plainly': return { isAuthorized: true };
        case 'show': return { isAuthorized: true, context: event };
        case 'deny': return { isAuthorized: false, context: { calls } };
        case 'throw': throw new Error('authorizer broke');
        case 'garbage': return { isAuthorized: 'yes' };
        case 'policy': return { principalId: 'p', policyDocument: {} };
        default: return null;
      }
    };`,
};

const bearer: Authorizer = {
  functionName: 'authorize',
  identitySources: ['$request.header.Authorization'],
  cacheSeconds: 0,
};

const target = (functionName: string, more: Partial<Target> = {}): Target => ({
  functionName,
  authorizer: undefined,
  timeoutMs: 30_000,
  ...more,
});
const ROUTES: readonly Route<Target>[] = [
  { routeKey: '$default', target: target('echo') },
  { routeKey: 'ANY /any/{proxy+}', target: target('echo') },
  { routeKey: 'GET /any/{id}', target: target('echo') },
  { routeKey: 'GET /any/mine', target: target('echo') },
  { routeKey: 'POST /projects/{project}/events/{id}', target: target('echo') },
  { routeKey: 'POST /answer', target: target('answer') },
  { routeKey: 'GET /late', target: target('hang', { timeoutMs: 50 }) },
  { routeKey: 'GET /guarded', target: target('echo', { authorizer: bearer }) },
  { routeKey: 'GET /cached', target: target('echo', { authorizer: { ...bearer, cacheSeconds: 300 } }) },
  { routeKey: 'GET /also-cached', target: target('echo', { authorizer: { ...bearer, cacheSeconds: 300 } }) },
  {
    routeKey: 'GET /by-query',
    target: target('echo', {
      authorizer: { ...bearer, identitySources: ['$request.querystring.token', '$context.path'] },
    }),
  },
  {
    routeKey: 'GET /nobody',
    target: target('echo', { authorizer: { ...bearer, identitySources: [], cacheSeconds: 300 } }),
  },
];

describe('the HTTP API', () => {
  let functions: HostedFunctions;
  let server: HttpServer;
  const faults: string[] = [];
  beforeAll(async () => {
    functions = hostFunctions(FUNCTIONS);
    server = await startHttpServer(0);
    serve(server, ROUTES);
  });
  afterAll(async () => {
    await server.stop();
    await functions.stop();
  });
  beforeEach(() => {
    faults.length = 0;
  });

  function serve(on: HttpServer, routes: readonly Route<Target>[]): void {
    const gateway = new Gateway(routes, functions.host, (line) => faults.push(line));
    on.serve((request, response) => gateway.handle(request, response));
  }

  async function call(
    method: string,
    path: string,
    { headers = {}, body }: Sent = {},
    on = server,
  ): Promise<Answer> {
    const { port } = new URL(on.url);
    // Pass the path unchanged: a URL object would normalise it.
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers });
    request.end(body);
    const [response] = await once(request, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const whole = Buffer.concat(chunks);
    const text = whole.toString();
    return {
      status: response.statusCode,
      headers: response.headers,
      body: whole,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  }

  const answerWith = (result: unknown) => call('POST', '/answer', { body: JSON.stringify({ result }) });

  describe('converts a request to an event', () => {
    it('with payload format 2.0', async () => {
      const { json } = await call('POST', '/projects/d%C3%A9mo/events/a%20b?x=1&y=a%20b', {
        headers: { 'content-type': 'application/json', 'User-Agent': 'test', Cookie: 'a=1; b=2' },
        body: '{"é":"😀"}',
      });

      const { host } = new URL(server.url);
      expect(json).toEqual({
        version: '2.0',
        routeKey: 'POST /projects/{project}/events/{id}',
        rawPath: '/projects/démo/events/a b',
        rawQueryString: 'x=1&y=a%20b',
        cookies: ['a=1', 'b=2'],
        headers: {
          'content-length': '13',
          'content-type': 'application/json',
          host,
          'user-agent': 'test',
          'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-port': host.split(':')[1],
          'x-forwarded-proto': 'http',
        },
        queryStringParameters: { x: '1', y: 'a b' },
        pathParameters: { project: 'démo', id: 'a b' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          domainName: host,
          domainPrefix: 'local',
          http: {
            method: 'POST',
            path: '/projects/démo/events/a b',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test',
          },
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          routeKey: 'POST /projects/{project}/events/{id}',
          stage: '$default',
          time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
          timeEpoch: expect.any(Number),
        },
        body: '{"é":"😀"}',
        isBase64Encoded: false,
      });
    });

    it('without empty fields', async () => {
      const { json } = await call('GET', '/nowhere');

      expect(json).toMatchObject({ routeKey: '$default', rawQueryString: '', isBase64Encoded: false });
      for (const field of ['body', 'cookies', 'queryStringParameters', 'pathParameters'])
        expect(json).not.toHaveProperty(field);
    });

    it('with repeated headers and parameters joined by commas, and header names in lower case', async () => {
      const { json } = await call('GET', '/nowhere?tag=a&tag=b,c&empty=&plus=1+1&TAG=d', {
        headers: { 'X-Tag': ['one', 'two'], 'X-Forwarded-For': '203.0.113.9', Accept: ['a/b', 'c/d'] },
      });

      expect(json.headers).toMatchObject({
        'x-tag': 'one,two',
        'x-forwarded-for': '203.0.113.9, 127.0.0.1',
        accept: 'a/b,c/d',
      });
      expect(json.queryStringParameters).toEqual({ tag: 'a,b,c', empty: '', plus: '1 1', TAG: 'd' });
      expect(json.rawQueryString).toBe('tag=a&tag=b,c&empty=&plus=1+1&TAG=d');
    });

    it.each([
      ['application/octet-stream', true],
      ['image/png', true],
      ['multipart/form-data; boundary=x', true],
      ['application/cloudevents+json; charset=utf-8', false],
      ['text/csv', false],
      ['application/x-www-form-urlencoded', false],
      [undefined, false],
    ])('whose body of type %s is base64: %s', async (type, encoded) => {
      const body = encoded ? Buffer.from([0, 255, 128]) : Buffer.from('grüße');

      const { json } = await call('POST', '/nowhere', {
        headers: type === undefined ? {} : { 'content-type': type },
        body,
      });

      expect(json.isBase64Encoded).toBe(encoded);
      expect(Buffer.from(json.body, encoded ? 'base64' : 'utf8')).toEqual(body);
    });
  });

  describe('selects the route', () => {
    it.each([
      ['GET', '/any/mine', 'GET /any/mine', undefined],
      ['GET', '/any/other', 'GET /any/{id}', { id: 'other' }],
      ['GET', '/any/other/', 'ANY /any/{proxy+}', { proxy: 'other/' }],
      ['POST', '/any/other', 'ANY /any/{proxy+}', { proxy: 'other' }],
      ['OPTIONS', '/any/mine', 'ANY /any/{proxy+}', { proxy: 'mine' }],
      ['GET', '/any/a/b%20c', 'ANY /any/{proxy+}', { proxy: 'a/b c' }],
      ['GET', '/any', '$default', undefined],
      ['GET', '/guarded/', '$default', undefined],
      ['GET', '//guarded', '$default', undefined],
      ['OPTIONS', '/guarded', '$default', undefined],
      ['GET', '/any/mine?x=/other', 'GET /any/mine', undefined],
    ])('for %s %s: %s', async (method, path, routeKey, pathParameters) => {
      const { json } = await call(method, path);

      expect(json.routeKey).toBe(routeKey);
      expect(json.requestContext.routeKey).toBe(routeKey);
      expect(json.requestContext.http.method).toBe(method);
      expect(json.pathParameters).toEqual(pathParameters);
    });

    it('or responds with 404 if there is none, before it invokes the authorizer', async () => {
      const bare = await startHttpServer(0);
      onTestFinished(() => bare.stop());
      serve(bare, [{ routeKey: 'GET /guarded', target: target('echo', { authorizer: bearer }) }]);

      for (const [method, path] of [
        ['GET', '/guarded/'],
        ['POST', '/guarded'],
        ['HEAD', '/guarded'],
        ['OPTIONS', '/guarded'],
      ] as const) {
        const { status, headers } = await call(method, path, {}, bare);
        expect([method, path, status]).toEqual([method, path, 404]);
        expect(headers['content-type']).toBe('application/json');
      }
      expect((await call('GET', '/nope', {}, bare)).json).toEqual({ message: 'Not Found' });
    });

    it.each([
      ['/any/a%2Fb', '/any/a/b', 'ANY /any/{proxy+}', { proxy: 'a/b' }],
      ['/any/a%252Fb', '/any/a/b', 'ANY /any/{proxy+}', { proxy: 'a/b' }],
      ['/any/a%3Fb', '/any/a', 'GET /any/{id}', { id: 'a' }],
      ['/any/a%23b', '/any/a#b', 'GET /any/{id}', { id: 'a#b' }],
      ['/%61ny/%6D%69ne', '/any/mine', 'GET /any/mine', undefined],
      ['/any/~b3JkZXI', '/any/~b3JkZXI', 'GET /any/{id}', { id: '~b3JkZXI' }],
    ])('by the decoded path: %s is %s', async (path, rawPath, routeKey, pathParameters) => {
      const { json } = await call('GET', `${path}?q=%2F`);

      expect([json.rawPath, json.requestContext.http.path]).toEqual([rawPath, rawPath]);
      expect([json.routeKey, json.pathParameters]).toEqual([routeKey, pathParameters]);
      expect([json.rawQueryString, json.queryStringParameters]).toEqual(['q=%2F', { q: '/' }]);
    });

    it.each(['/any/%E0%A4', '/%zz', '/any/50%25', '/any/a%25b'])(
      'or responds with 400 if the path cannot be decoded: %s',
      async (path) => {
        const { status, json } = await call('GET', path);

        expect([status, json]).toEqual([400, { message: 'Bad Request' }]);
      },
    );
  });

  describe('converts a result to a response', () => {
    it('with its status, headers, cookies and body, and a request id', async () => {
      const { status, headers, text } = await answerWith({
        statusCode: 201,
        headers: { 'Content-Type': 'application/problem+json', 'X-Count': 5, 'content-length': '99' },
        cookies: ['a=1; Secure', 'b=2'],
        body: '{"grüße":1}',
      });

      expect([status, text]).toEqual([201, '{"grüße":1}']);
      expect(headers).toMatchObject({
        'content-type': 'application/problem+json',
        'content-length': '13',
        'x-count': '5',
        'set-cookie': ['a=1; Secure', 'b=2'],
        'apigw-requestid': expect.stringMatching(/./),
      });
    });

    it('with the decoded base64 body', async () => {
      const { body } = await answerWith({ statusCode: 200, body: 'AP8=', isBase64Encoded: true });

      expect(body).toEqual(Buffer.from([0, 255]));
    });

    it.each([
      ['an object', { hello: 'wörld' }, '{"hello":"wörld"}'],
      ['a list', [1], '[1]'],
      ['a string', 'hello', 'hello'],
      ['a number', 42, '42'],
      ['null', null, 'null'],
    ])('with status 200 and JSON inferred from %s', async (_, result, expected) => {
      const { status, headers, text } = await answerWith(result);

      expect([status, headers['content-type'], text]).toEqual([200, 'application/json', expected]);
    });

    it('without a body if the status allows none', async () => {
      const { status, headers, text } = await answerWith({ statusCode: 204 });

      expect([status, text, headers['content-length']]).toEqual([204, '', undefined]);
    });

    it('without a body for HEAD', async () => {
      const { status, headers, text } = await call('HEAD', '/any/mine');

      expect([status, text, headers['content-type']]).toEqual([200, '', 'application/json']);
      expect(Number(headers['content-length'])).toBeGreaterThan(100);
    });

    it.each([
      ['a status out of range', { statusCode: 99, body: 'x' }],
      ['a status that is not a number', { statusCode: 'ok' }],
      ['a body that is not a string', { statusCode: 200, body: { a: 1 } }],
      [
        'a header that HTTP does not allow',
        { statusCode: 200, headers: { 'x-bad': 'a\r\nb: c' }, body: 'x' },
      ],
    ])('with status 500 for %s', async (_, result) => {
      const { status, json, headers } = await answerWith(result);

      expect([status, json]).toEqual([500, { message: 'Internal Server Error' }]);
      expect(headers).not.toHaveProperty('b');
    });

    it('with status 500 if the function fails, and logs the reason without sending it', async () => {
      const { status, text } = await call('POST', '/answer', { body: '{"fault":"the secret reason"}' });

      expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
      expect(faults).toEqual(['POST /answer failed: the secret reason']);
    });

    it('with status 503 if the function takes longer than the integration timeout', async () => {
      const { status, json } = await call('GET', '/late');

      expect([status, json]).toEqual([503, { message: 'Service Unavailable' }]);
    });
  });

  describe('accepts', () => {
    const MB = 1024 * 1024;

    it('no body of more than 10 MB', async () => {
      const { status, json, headers } = await call('POST', '/answer', {
        body: Buffer.alloc(10 * MB + 1, 'x'),
      });

      expect([status, json, headers.connection]).toEqual([
        413,
        { message: 'Request Entity Too Large' },
        'close',
      ]);
    });

    it('no body that does not fit into the event of an invocation, and handles the next request', async () => {
      const tooLarge = await call('POST', '/nowhere', { body: Buffer.alloc(6 * MB, 'x') });
      const encoded = await call('POST', '/nowhere', {
        headers: { 'content-type': 'image/png' },
        body: Buffer.alloc(5 * MB),
      });

      expect([tooLarge.status, encoded.status]).toEqual([413, 413]);
      expect((await call('POST', '/nowhere', { body: 'small' })).json.body).toBe('small');
    });

    it('large bodies that fit', async () => {
      const body = 'x'.repeat(2 * MB);

      expect((await call('POST', '/nowhere', { body })).json.body).toHaveLength(body.length);
    });
  });

  describe('with an authorizer', () => {
    const guarded = (authorization: string | undefined, path = '/guarded') =>
      call('GET', path, { headers: authorization === undefined ? {} : { authorization } });

    it('passes the context of the authorizer to the function', async () => {
      const { json } = await guarded('allow');

      expect(json.requestContext.authorizer).toEqual({
        lambda: { calls: expect.any(Number), user: 7, list: [1] },
      });
      expect((await guarded('allow plainly')).json.requestContext.authorizer).toEqual({ lambda: null });
    });

    it('passes the request without the body to the authorizer', async () => {
      const { json } = await call('GET', '/guarded?x=1', {
        headers: { authorization: 'show', 'content-type': 'text/plain', 'content-length': 22 },
        body: 'for the function alone',
      });

      const asked = json.requestContext.authorizer.lambda;
      expect(asked).toMatchObject({
        version: '2.0',
        type: 'REQUEST',
        routeArn: 'arn:aws:execute-api:us-east-1:000000000000:local/$default/GET/guarded',
        identitySource: ['show'],
        routeKey: 'GET /guarded',
        rawPath: '/guarded',
        queryStringParameters: { x: '1' },
        requestContext: { http: { method: 'GET' } },
      });
      expect(asked).not.toHaveProperty('body');
      expect(asked).not.toHaveProperty('isBase64Encoded');
      expect(json.body).toBe('for the function alone');
    });

    it.each([
      ['denies', 'deny', 403, 'Forbidden'],
      ['throws', 'throw', 500, 'Internal Server Error'],
      ['returns something else', 'garbage', 500, 'Internal Server Error'],
      ['returns a policy', 'policy', 500, 'Internal Server Error'],
      ['returns nothing', 'who', 500, 'Internal Server Error'],
      ['is not invoked because the identity is missing', undefined, 401, 'Unauthorized'],
      ['is not invoked because the identity is empty', '', 401, 'Unauthorized'],
    ])('that %s, does not invoke the function', async (_, authorization, status, message) => {
      const answer = await guarded(authorization);

      expect([answer.status, answer.json]).toEqual([status, { message }]);
    });

    it('reads the identity from the query and the context as well', async () => {
      expect((await call('GET', '/by-query?token=allow')).status).toBe(200);
      expect((await call('GET', '/by-query?token=deny')).status).toBe(403);
      expect((await call('GET', '/by-query')).status).toBe(401);
    });

    it('invokes the authorizer each time without caching or without identity sources', async () => {
      for (const path of ['/guarded', '/nobody']) {
        const [first, second] = [await guarded('allow', path), await guarded('allow', path)];
        expect([first.status, second.status]).toEqual([200, 200]);
        expect(first.json.requestContext.authorizer.lambda.calls).not.toBe(
          second.json.requestContext.authorizer.lambda.calls,
        );
      }
    });

    it('caches the result for the same identity on all routes until it expires', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const callsOf = async (path: string): Promise<number> =>
        (await guarded('allow', path)).json.requestContext.authorizer.lambda.calls;
      const first = await callsOf('/cached');
      expect(await callsOf('/cached')).toBe(first);
      expect(await callsOf('/also-cached')).toBe(first);
      expect((await guarded('deny', '/cached')).status).toBe(403);
      expect((await guarded(undefined, '/cached')).status).toBe(401);

      vi.setSystemTime(Date.now() + 299_000);
      expect(await callsOf('/cached')).toBe(first);
      vi.setSystemTime(Date.now() + 2_000);
      expect(await callsOf('/cached')).toBeGreaterThan(first);
    });
  });

  it('responds with 503 while the stack is starting', async () => {
    const starting = await startHttpServer(0);
    onTestFinished(() => starting.stop());

    expect((await call('GET', '/any/mine', {}, starting)).status).toBe(503);
  });

  it('finishes the requests in progress when it stops, and accepts no new ones', async () => {
    const stopping = await startHttpServer(0);
    const arrived = Promise.withResolvers<() => void>();
    stopping.serve(async (_, response) => arrived.resolve(() => response.end('done')));
    const running = call('GET', '/', {}, stopping);
    const finish = await arrived.promise;

    const stopped = stopping.stop();
    await expect(call('GET', '/', {}, stopping)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish();

    expect((await running).text).toBe('done');
    await stopped;
  });
});

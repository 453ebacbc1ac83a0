import { describe, expect, it } from 'vitest';
import { operations, pathWith } from '../support/operations.ts';
import { useStack } from '../support/stack.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'];
/** Frappe's methods tell by their names what they do, and so are called with any HTTP method. */
const METHOD_CALLS = ['callMethod', 'callCommand'];
const paths = [
  ...new Set(
    operations.filter(({ operationId }) => !METHOD_CALLS.includes(operationId)).map(({ path }) => path),
  ),
];

/** The methods of the operations at a path, those with a parameter in the place of a name included. */
const methodsOf = (path: string) => {
  const methods = operations
    .filter((operation) => new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
};

const unknown = paths.flatMap((path) => {
  const allowed = methodsOf(path);
  return METHODS.filter((method) => !allowed.includes(method)).map((method) => ({ method, path, allowed }));
});

const problemOf = (status: number) => [
  'application/problem+json',
  expect.objectContaining({ type: 'about:blank', status }),
];
const exceptionOf = (status: number) => [
  'application/json',
  expect.objectContaining({
    exc_type: status === 405 ? 'MethodNotAllowed' : 'AuthenticationError',
    exc: expect.any(String),
  }),
];

describe('a method that no operation has', () => {
  const stack = useStack();
  const send = async (method: string, path: string, bearer: string) => {
    const answer = await fetch(stack().outputs.apiUrl + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      ...(method !== 'GET' && { body: '{"a":' }),
    });
    return { answer, text: await answer.text() };
  };

  it.each(unknown)(
    'gets an error that names the others, in the form of its API: $method $path',
    async ({ method, path, allowed }) => {
      const { project } = stack();
      const where = pathWith(path, { projects: project, EntryPoints: project, 'event-types': 'a' });
      for (const [bearer, status] of [
        [stack().adminKey, 405],
        ['nobody', 401],
      ] as const) {
        const { answer, text } = await send(method, where, bearer);
        expect(answer.status).toBe(status);
        expect([answer.headers.get('content-type'), JSON.parse(text)]).toEqual(
          path.startsWith('/api/') ? exceptionOf(status) : problemOf(status),
        );
        const names = answer.headers.get('allow')?.split(', ') ?? [];
        expect(names.toSorted()).toEqual(status === 405 ? allowed.toSorted() : []);
      }
    },
  );
});

describe("a path of Frappe's API that no operation has", () => {
  const stack = useStack();

  it.each([
    ...['/api/resource/', '/api/method', '/api/v3/document/Webhook', '/api/v1/document/Webhook'],
    ...['/api/v2/resource/Webhook', '/api/v2/doctype'],
  ])("gets a 404 in Frappe's form: %s", async (path) => {
    const { apiUrl, adminKey } = stack().outputs;
    const answer = await fetch(apiUrl + path, { headers: { authorization: `Bearer ${adminKey}` } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toMatchObject({ exc_type: 'DoesNotExistError', exc: expect.any(String) });
  });
});

describe("a name of Frappe's that begins with a question mark, at which the gateway cuts the path", () => {
  const stack = useStack();

  it.each(['PUT', 'DELETE'])('is not taken for the list: %s', async (method) => {
    const { apiUrl, adminKey } = stack().outputs;
    const answer = await fetch(`${apiUrl}/api/resource/Webhook/%3Fcut`, {
      method,
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ exc_type: 'DoesNotExistError' });
  });
});

describe('a HEAD', () => {
  const stack = useStack();
  const gets = operations.filter(({ method }) => method === 'GET');

  it.each(gets)('gets the headers of the GET and no body: $path', async ({ path }) => {
    const { project, adminKey, outputs } = stack();
    const { id } = await stack().subscribe({ url: 'http://127.0.0.1:9/', events: ['a'], paused: true });
    const where = pathWith(path, { ...{ projects: project, subscriptions: id }, resource: 'Webhook' });
    const send = (method: string, bearer: string) =>
      fetch(outputs.apiUrl + where, { method, headers: { authorization: `Bearer ${bearer}` } });
    for (const bearer of [adminKey, 'nobody']) {
      const [get, head] = [await send('GET', bearer), await send('HEAD', bearer)];
      expect(head.status).toBe(get.status);
      expect(comparable(head)).toEqual(comparable(get));
      expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
      expect(await head.text()).toBe('');
    }
  });

  it('of a page takes the cursor of the GET', async () => {
    for (const name of ['a', 'b']) await stack().done('PUT', `event-types/${name}`, {});
    const { cursor } = await stack().get('event-types?limit=1');
    const { apiUrl, project, adminKey } = stack().outputs;
    const url = `${apiUrl}/v1/projects/${project}/event-types?limit=1&cursor=${encodeURIComponent(cursor)}`;
    const head = await fetch(url, { method: 'HEAD', headers: { authorization: `Bearer ${adminKey}` } });
    expect(head.status).toBe(200);
  });
});

const comparable = ({ headers }: Response) =>
  Object.fromEntries(
    [...headers].filter(([name]) => !['date', 'apigw-requestid', 'connection', 'keep-alive'].includes(name)),
  );

import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the console on a local stack', () => {
  const stack = useStack();
  const get = (path: string, headers: Record<string, string> = HTML, method = 'GET') =>
    fetch(new URL(path, stack().outputs.consoleUrl), { method, headers });

  it.each(['/', '/subscriptions/sub_1', '/event-types/invoice.paid', '/nowhere'])(
    'responds with its document and the headers of the template: %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<div id="root">');
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000',
      });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(headers['content-security-policy']).not.toContain('unsafe');
    },
  );

  it('responds with its assets, cacheable for a year', async () => {
    const html = await (await get('/')).text();
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    const response = await get(script, { accept: '*/*' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each([
    ['a missing file', '/assets/none.js', { accept: '*/*' }, 'GET'],
    ['a file outside the assets', '/assets/%2e%2e/index.html', { accept: '*/*' }, 'GET'],
    [
      'an unknown path for a client that does not accept HTML',
      '/nowhere',
      { accept: 'application/json' },
      'GET',
    ],
    ['an unknown path of the API for a browser', '/v1/nowhere', HTML, 'GET'],
    ['a method other than GET', '/subscriptions', HTML, 'POST'],
    ['a path of Weavy in another letter case', '/V1/EntryPoints/demo/process/', HTML, 'GET'],
  ])('leaves other requests to the API: %s', async (_, path, headers, method) => {
    const response = await get(path, headers, method);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
  });

  it('leads /docs/ to /docs', async () => {
    const url = new URL('/docs/', stack().outputs.consoleUrl);
    const response = await fetch(url, { headers: HTML, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/docs']);
    expect((await get('/docs/')).url).toMatch(/\/docs$/);
  });

  it.each([HTML, { accept: 'application/json' }])(
    'responds to misspelt paths of the API with a problem: %j',
    async (headers) => {
      for (const path of ['/V1', '/API/method/frappe.auth.get_logged_user', '/OpenAPI.json']) {
        const response = await get(path, headers);
        expect([path, response.status]).toEqual([path, 404]);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(await response.json()).toMatchObject({ status: 404, detail: `There is no GET ${path}.` });
      }
      // The distribution forwards these to the API, which knows who asks.
      const authorization = `Bearer ${stack().outputs.adminKey}`;
      const other = await get('/V1/projects', { ...headers, authorization });
      expect([other.status, other.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    },
  );

  it('leaves the API reference in its place', async () => {
    for (const path of ['/docs', '/openapi.json']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('<div id="root">');
    }
  });
});

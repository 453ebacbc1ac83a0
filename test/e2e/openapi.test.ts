import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../core/model/api-key.ts';
import { type OpenApiDocument, openApiDocument } from '../../core/openapi/document.ts';
import { operations } from '../../core/openapi/operations.ts';
import { useStack } from '../support/stack.ts';

describe('the reference', () => {
  const stack = useStack();
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(stack().outputs.apiUrl + path, { headers });

  it('is an OpenAPI document that names the URL that it was asked for at, for tools in browsers, too', async () => {
    const answer = await get('/openapi.json');
    const document = (await answer.json()) as OpenApiDocument;
    expect(document).toEqual(openApiDocument(document.info.version, stack().outputs.apiUrl));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    });
  });

  it('is a page that needs no script and nothing from outside, and whose policy allows none', async () => {
    const answer = await get('/docs');
    const page = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const styles = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(styles).digest('base64');
    expect(answer.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
    expect(new Set([...page.matchAll(/href="([^#][^"]*)"/g)].map(([, href]) => href))).toEqual(
      new Set(['openapi.json']),
    );
  });

  it('has every operation in its page, and no link into nowhere', async () => {
    const page = await (await get('/docs')).text();
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId } of operations) expect(ids).toContain(operationId);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it.each(['/openapi.json', '/docs'])('is not sent again where it is known: %s', async (path) => {
    const etag = (await get(path)).headers.get('etag') ?? '';
    const again = await get(path, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('names the scope that each operation needs, and no other will do', async () => {
    const project = 'scopes';
    await stack().call('POST', '/v1/projects', { id: project });
    const keyWith = async (...scopes: string[]): Promise<string> =>
      (await stack().call('POST', `/v1/projects/${project}/keys`, { name: 'k', scopes })).body.secret;
    const enough = new Map<string, string>();
    const lacking = new Map<string, string>();
    for (const scope of SCOPES) {
      enough.set(scope, await keyWith(scope));
      const others = SCOPES.filter((other) => other !== scope && other !== 'admin');
      // Who manages may read.
      lacking.set(
        scope,
        await keyWith(...others.filter((other) => !(scope === 'read' && other === 'manage'))),
      );
    }
    for (const { operationId, method, path, scope } of operations) {
      if (scope === 'any' || scope === 'open') continue;
      // The project itself is still needed; another's may be deleted as well as one that never was.
      const named = operationId === 'deleteProject' ? 'never' : project;
      const at = (project: string) => path.replace('{project}', project).replaceAll(/\{\w+\}/g, 'x');
      const body = ['POST', 'PATCH', 'PUT'].includes(method) ? [] : undefined;
      const as = (keys: Map<string, string>) => ({ bearer: keys.get(scope) ?? '' });
      const refused = await stack().call(method, at(project), body, as(lacking));
      const { detail, exception = detail } = refused.body;
      expect([operationId, refused.status, exception]).toEqual([
        operationId,
        403,
        expect.stringContaining(`This needs a key with the scope "${scope}".`),
      ]);
      expect([401, 403], operationId).not.toContain(
        (await stack().call(method, at(named), body, as(enough))).status,
      );
    }
  });
});

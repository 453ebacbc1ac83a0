import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../core/model/api-key.ts';
import { type OpenApiDocument, openApiDocument } from '../../core/openapi/document.ts';
import { openApi30 } from '../../core/openapi/openapi-30.ts';
import { operations } from '../../core/openapi/operations.ts';
import { useStack } from '../support/stack.ts';

describe('the reference', () => {
  const stack = useStack();
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(stack().outputs.apiUrl + path, { headers });

  it('is an OpenAPI document that names the URL of the request, and that browsers may read from anywhere', async () => {
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

  it('is the same document in OpenAPI 3.0.3', async () => {
    const [document, older] = await Promise.all(
      ['/openapi.json', '/openapi-3.0.json'].map(async (path) => (await get(path)).json()),
    );
    expect(older).toEqual(openApi30(document as OpenApiDocument));
  });

  it('is a page whose policy allows its one script and its stylesheet by their hashes, and nothing else', async () => {
    const answer = await get('/docs');
    const page = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const hashOf = (name: string) => {
      const contents = [...page.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(
        ([, text = '']) => text,
      );
      expect(contents).toHaveLength(1);
      return createHash('sha256').update(contents.join('')).digest('base64');
    };
    expect(answer.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'sha256-${hashOf('script')}'; style-src 'sha256-${hashOf('style')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page).not.toMatch(/<script |<link|<img|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
    expect(new Set([...page.matchAll(/href="([^#][^"]*)"/g)].map(([, href]) => href))).toEqual(
      new Set(['openapi.json']),
    );
  });

  it('has every operation on its page, and no broken link', async () => {
    const page = await (await get('/docs')).text();
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId } of operations) expect(ids).toContain(operationId);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it.each(['/openapi.json', '/openapi-3.0.json', '/docs'])(
    'is not sent again to a client that has it: %s',
    async (path) => {
      const etag = (await get(path)).headers.get('etag') ?? '';
      const again = await get(path, { 'if-none-match': `"other", ${etag}` });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    },
  );

  it('names the scope that each operation needs, and no other scope suffices', async () => {
    const project = await stack().newProject('scopes');
    const keyWith = async (...scopes: string[]) => (await stack().newKey(scopes, project)).secret;
    const enough = new Map<string, string>();
    const lacking = new Map<string, string>();
    for (const scope of SCOPES) {
      enough.set(scope, await keyWith(scope));
      const others = SCOPES.filter((other) => other !== scope && other !== 'admin');
      // The scope `manage` includes `read`.
      lacking.set(
        scope,
        await keyWith(...others.filter((other) => !(scope === 'read' && other === 'manage'))),
      );
    }
    for (const { operationId, method, path, scope } of operations) {
      if (scope === 'any' || scope === 'open') continue;
      // The project itself is still needed, and deleting an unknown one succeeds.
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

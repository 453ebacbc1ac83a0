import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ORIGIN_HEADER } from '../../core/contract.ts';
import { ROUTES, type Route, routeKeysOf } from '../../core/routes.ts';
import { useOwnStack } from '../support/stack.ts';

const routes = Object.values<Route>(ROUTES).flatMap((row) =>
  routeKeysOf(row)
    .map((key) => (key === '$default' ? 'POST /V1/entrypoints/x/process' : key.replace(/^ANY /, 'PUT ')))
    .map((key) => ({
      key,
      isOpen: row.scope === 'open',
      isFrappe: row.function === 'frappe',
      refusesStrangers: row.refusesStrangers === true,
    })),
);
const [isOpen, isFrappe, refusesStrangers] = [false, false, false];
const ALL = [
  ...routes,
  { key: 'GET /', isOpen, isFrappe: true, refusesStrangers: true },
  // Nothing of these is in the table of routes: they fall to `$default`.
  { key: 'OPTIONS /v1/key', isOpen, isFrappe, refusesStrangers },
  { key: 'OPTIONS /docs', isOpen, isFrappe, refusesStrangers },
  { key: 'GET /nowhere', isOpen, isFrappe, refusesStrangers },
  { key: 'TRACE /docs', isOpen, isFrappe, refusesStrangers },
];

const FORBIDDEN = {
  type: 'about:blank',
  title: 'Forbidden',
  status: 403,
  detail: 'This request is not allowed.',
};

describe('with apiOnlyBehindCloudFront, the host of the API itself', () => {
  const stack = useOwnStack({ context: { apiOnlyBehindCloudFront: true } });
  const gateway = () => stack().outputs.gatewayUrl ?? '';
  const send = (base: string, key: string, headers: Record<string, string> = {}) => {
    const [method = '', path = ''] = key.split(' ');
    const url = base + path.replaceAll(/\{\w+\+?\}/g, 'x');
    return new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
      request(url, { method, headers }, async (response) =>
        resolve({ status: response.statusCode, headers: response.headers, body: await text(response) }),
      )
        .on('error', reject)
        .end();
    });
  };
  const asAdmin = () => ({ authorization: `Bearer ${stack().adminKey}` });

  it.each(ALL)(
    'refuses even a valid key, and reads nothing from the table: $key',
    async ({ key, isFrappe }) => {
      for (const guess of [{}, { [ORIGIN_HEADER]: '' }, { [ORIGIN_HEADER]: 'guess' }]) {
        const { status, headers, body } = await send(gateway(), key, { ...asAdmin(), ...guess });
        expect([status, headers]).toEqual([403, expect.objectContaining({ 'cache-control': 'no-store' })]);
        if (!key.startsWith('HEAD ') && isFrappe)
          expect(JSON.parse(body)).toMatchObject({ exc_type: 'PermissionError' });
        else if (!key.startsWith('HEAD ')) expect(JSON.parse(body)).toEqual(FORBIDDEN);
      }
      const services = stack()
        .calls()
        .map(({ action }) => action);
      expect(new Set(services)).toEqual(new Set(['secretsmanager:GetSecretValue']));
    },
  );

  it.each(ALL.filter(({ refusesStrangers }) => refusesStrangers))(
    "refuses a stranger without a key in Frappe's form: $key",
    async ({ key }) => {
      const { status, body } = await send(gateway(), key);
      expect(status).toBe(403);
      if (!key.startsWith('HEAD ')) expect(JSON.parse(body)).toMatchObject({ exc_type: 'PermissionError' });
    },
  );

  it.each(ALL.filter(({ isOpen, refusesStrangers }) => !isOpen && !refusesStrangers))(
    'answers a stranger without a key itself, and invokes nothing: $key',
    async ({ key }) => {
      const invoked: string[] = [];
      stack().functions.observe(({ functionName }) => invoked.push(functionName));
      expect((await send(gateway(), key)).status).toBe(401);
      stack().functions.observe(() => {});
      expect(invoked.filter((name) => name === 'authorize')).toEqual([]);
    },
  );

  it.each(ALL)('is not the public one, which answers: $key', async ({ key }) => {
    const { status } = await send(stack().outputs.apiUrl, key, asAdmin());
    expect(status).not.toBe(403);
    expect(status).toBeLessThan(500);
  });

  it('is none that the API names: the public host is', async () => {
    const { apiUrl, gatewayUrl = '' } = stack().outputs;
    const document = await send(apiUrl, 'GET /openapi.json');
    expect(JSON.parse(document.body).servers).toMatchObject([{ url: apiUrl }]);
    const page = await send(apiUrl, 'GET /docs');
    expect(page.body).toContain(apiUrl);
    for (const { body } of [document, page]) expect(body).not.toContain(new URL(gatewayUrl).host);
  });

  it('cannot be opened by a header that a client sends through the public one', async () => {
    const { status } = await send(stack().outputs.apiUrl, 'GET /v1/key', {
      ...asAdmin(),
      [ORIGIN_HEADER]: 'guess',
    });
    // The distribution replaces it.
    expect(status).toBe(200);
  });
});

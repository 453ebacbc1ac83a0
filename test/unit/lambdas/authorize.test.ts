import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashBearer } from '../../../core/model/api-key.ts';
import { authorizeHandler } from '../../../lambdas/authorize/handler.ts';
import { silentLog } from '../../support/in-memory/log.ts';
import { inMemoryKeys, inMemoryTenants } from '../../support/in-memory/projects-and-keys.ts';
import { NOW, projectRecord } from '../../support/records.ts';

describe('the authorizer', () => {
  const time = { now: NOW };
  const keys = inMemoryKeys();
  const { projects } = inMemoryTenants(() => time.now);
  const erp = projectRecord({ id: 'erp' });
  beforeAll(() => projects.create(erp, []));
  const ports = { projects, clock: () => time.now, log: silentLog };
  const handler = authorizeHandler({ ...ports, keys });
  const authorize = (authorization?: string) =>
    handler(
      { headers: authorization === undefined ? {} : { authorization } } as APIGatewayRequestAuthorizerEventV2,
      {} as Context,
    );
  const key = {
    id: 'key_1',
    project: 'erp',
    name: 'k',
    scopes: ['manage', 'publish'] as const,
    hash: hashBearer('good'),
    createdAt: '',
  };

  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

  it.each([
    'Bearer good',
    'bearer good',
    'BEARER   good ',
    'token key_1:good',
    'Token key_1:good',
    basic('key_1:good'),
  ])('identifies the key in %j', async (authorization) => {
    await keys.create(key);
    expect(await authorize(authorization)).toEqual({
      isAuthorized: true,
      context: { keyId: 'key_1', project: 'erp', scopes: 'manage publish' },
    });
  });

  it.each([
    undefined,
    '',
    'good',
    'Basic good',
    'Bearer',
    'Bearer bad',
    'Bearer good bad',
    'Bearer key_1:good',
    'token good',
    'token :good',
    'token key_2:good',
    'token key_1:bad',
    'token key_1',
    'token key_1:good:bad',
    `token key_1:${'x'.repeat(10_000)}`,
    basic('key_2:good'),
    basic('good'),
    basic('key_1:good:'),
    `Bearer ${'x'.repeat(10_000)}`,
  ])('identifies no key in %j', async (authorization) => {
    expect(await authorize(authorization)).toEqual({ isAuthorized: true, context: {} });
  });

  it('forgets a deleted key within a minute', async () => {
    await keys.create(key);
    await authorize('Bearer good');
    await keys.delete('erp', 'key_1');
    time.now += 60_000;
    expect(await authorize('Bearer good')).toEqual({ isAuthorized: true, context: {} });
  });

  it('says of a key that outlived its project that this is gone', async () => {
    const another = { ...key, id: 'key_2', hash: hashBearer('former'), generation: 'gen_0' };
    await keys.create(another);
    expect(await authorize('Bearer former')).toMatchObject({
      context: { keyId: 'key_2', generation: 'gen_0', projectIsGone: 'true' },
    });
  });

  it('reports a failed lookup, so that the caller is asked to retry', async () => {
    const broken = { ...keys, findByHash: async () => Promise.reject(new Error('throttled')) };
    const result = await authorizeHandler({ ...ports, keys: broken })(
      {
        headers: { authorization: 'Bearer good' },
        requestContext: { requestId: 'r' },
      } as unknown as APIGatewayRequestAuthorizerEventV2,
      {} as Context,
    );
    expect(result).toEqual({ isAuthorized: true, context: { unavailable: 'true' } });
  });
});

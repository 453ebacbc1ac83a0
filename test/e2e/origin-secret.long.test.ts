import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { useCli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { useOwnStack } from '../support/stack.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-origin-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** It lasts as long as functions may not know a change of the secret: more than a minute. */
describe('a stage with apiOnlyBehindCloudFront', { timeout: 300_000 }, () => {
  const stack = useOwnStack({ context: { apiOnlyBehindCloudFront: true }, dataDir, ephemeral: false });
  const [admin, smoke] = [useCli('admin'), useCli('smoke')];
  const outputs = () => ['--outputs', join(dataDir, 'outputs.json')];
  const secret = () => JSON.parse(readFileSync(join(dataDir, 'origin-secret'), 'utf8'));
  const statusAt = async (base: string | undefined, path: string, headers: Record<string, string> = {}) =>
    (await fetch(base + path, { headers: { authorization: `Bearer ${stack().adminKey}`, ...headers } }))
      .status;

  it('passes the smoke test through its public host', async () => {
    const { exitCode, stdout, stderr } = await smoke.run([...outputs(), '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, apiUrl: stack().outputs.apiUrl });
  });

  it('answers every request while its secret is rotated, and rejects the former value then', async () => {
    const { apiUrl, gatewayUrl } = stack().outputs;
    const former = secret().current;
    const statuses = new Map<string, number>();
    let rotated = false;
    // Through the authorizer, and an open route; the edges send both values in turn while the distribution is updated.
    const traffic = async (path: string) => {
      while (!rotated) {
        const key = `${path} ${await statusAt(apiUrl, path)}`;
        statuses.set(key, (statuses.get(key) ?? 0) + 1);
      }
    };
    const clients = Promise.all(['/v1/key', '/openapi.json', '/v1/key'].map(traffic));
    const { exitCode, stderr } = await admin.run([...outputs(), 'origin-secret', 'rotate']);
    rotated = true;
    await clients;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect([...statuses.keys()].toSorted()).toEqual(['/openapi.json 200', '/v1/key 200']);
    expect(Math.min(...statuses.values())).toBeGreaterThan(100);

    expect(secret()).toEqual({ current: expect.not.stringMatching(former) });
    expect(stderr).not.toContain(former);
    expect(stderr).not.toContain(secret().current);
    const header = (value: string) => ({ 'x-ancrage-origin': value });
    for (const path of ['/v1/key', '/openapi.json'])
      await eventually(
        `the former value is rejected at ${path}`,
        async () => (await statusAt(gatewayUrl, path, header(former))) === 403,
        90_000,
      );
    expect(await statusAt(gatewayUrl, '/v1/key', header(secret().current))).toBe(200);
    expect(await statusAt(apiUrl, '/v1/key')).toBe(200);
  });
});

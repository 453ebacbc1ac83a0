import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { kmsKey } from '../../../core/adapters/kms/kms-key.ts';
import { Access } from '../../../local/access/access.ts';
import { startKms } from '../../../local/engines/kms.ts';
import { CREDENTIALS, clientSettings } from '../../../local/settings.ts';

const ARN = 'arn:aws:kms:us-east-1:000000000000:key/a';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ancrage-kms-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function start() {
  const access = new Access({ credentials: CREDENTIALS, enforceGrants: true, log: () => {} });
  const { endpoint, stop } = await startKms(join(directory, 'kms-key'), access);
  const client = new KMSClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await stop();
  });
  return kmsKey(ARN, () => client);
}

it('unwraps the data keys that it has wrapped, after a restart, too', async () => {
  const { key, wrapped } = await (await start()).generate(1);
  expect(key).toHaveLength(32);
  expect(await (await start()).unwrap(1, wrapped)).toEqual(key);
});

it('unwraps none as another data key, with another key, or changed', async () => {
  const kms = await start();
  const { wrapped } = await kms.generate(1);
  await expect(kms.unwrap(2, wrapped)).rejects.toThrow('did not wrap it');
  await expect(kms.unwrap(1, { ...wrapped, keyArn: `${ARN}b` })).rejects.toThrow('did not wrap it');
  const ciphertext = wrapped.ciphertext.map((byte) => byte ^ 1);
  await expect(kms.unwrap(1, { ...wrapped, ciphertext })).rejects.toThrow('did not wrap it');
});

it('keeps its key in a file that only the user may read', async () => {
  await start();
  const file = join(directory, 'kms-key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
});

it('does not start with a file that has no key', async () => {
  writeFileSync(join(directory, 'kms-key'), 'no key');
  await expect(start()).rejects.toThrow(/kms-key has no key/);
});

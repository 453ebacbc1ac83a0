import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { seal, unseal } from '../../core/kernel/seal.ts';
import type { Access } from '../access/access.ts';
import { type EngineResponse, operationIn, startGate } from '../access/gate.ts';
import { codeOf, LocalStackError } from '../errors.ts';
import type { Engine } from './dynoxide.ts';

const KEY_BYTES = 32;

/**
 * Start a stand-in for KMS behind a gate: it generates data keys, and wraps and unwraps them with the key in a file.
 *
 * @param file where the key is, or will be
 * @throws LocalStackError if the file has no key
 */
export async function startKms(file: string, access: Access): Promise<Engine> {
  const masterKey = keyIn(file);
  const gate = await startGate(
    'kms',
    async ({ headers, body }) => answer(masterKey, operationIn({ headers }), JSON.parse(body.toString())),
    access,
  );
  return { endpoint: gate.endpoint, stop: () => gate.stop() };
}

/** Return the key in a file, which only the user may read. Generate it if there is no file. */
function keyIn(file: string): Buffer {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    if (key.length === KEY_BYTES) return key;
    throw new LocalStackError(`${file} has no key: restore it, or delete the data with it`);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const key = randomBytes(KEY_BYTES);
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return key;
}

interface Request {
  readonly KeyId: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html, API_Decrypt.html */
function answer(masterKey: Buffer, operation: string, request: Request): EngineResponse {
  const { KeyId, CiphertextBlob, EncryptionContext } = request;
  const context = JSON.stringify([KeyId, Object.entries(EncryptionContext ?? {}).sort()]);
  if (operation === 'GenerateDataKey') {
    const key = randomBytes(KEY_BYTES);
    return respond(200, {
      KeyId,
      Plaintext: key.toString('base64'),
      CiphertextBlob: Buffer.from(seal(masterKey, key, context)).toString('base64'),
    });
  }
  if (operation !== 'Decrypt' || CiphertextBlob === undefined)
    return failure('UnsupportedOperationException', `The local stack has no ${operation}.`);
  try {
    const key = unseal(masterKey, Buffer.from(CiphertextBlob, 'base64'), context);
    return respond(200, { KeyId, Plaintext: key.toString('base64') });
  } catch {
    return failure(
      'InvalidCiphertextException',
      'The key of this data directory did not wrap it as this data key.',
    );
  }
}

const failure = (__type: string, message: string) => respond(400, { __type, message });

const respond = (status: number, body: object): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(body)),
});

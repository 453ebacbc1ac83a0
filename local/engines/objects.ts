import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Access } from '../access/access.ts';
import { type EngineResponse, objectPathIn, startGate } from '../access/gate.ts';
import { codeOf } from '../errors.ts';
import type { Engine } from './dynoxide.ts';

/**
 * Start a stand-in for S3 behind a gate: it stores, returns and deletes objects. Its buckets are those that somebody names, and
 * nothing expires.
 *
 * @param directory where the objects are, or will be
 */
export async function startObjects(directory: string, access: Access): Promise<Engine> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fileOf = (url: string) =>
    join(directory, createHash('sha256').update(objectPathIn(url)).digest('hex'));
  const gate = await startGate(
    's3',
    async ({ method, url, body, allows }) => {
      const file = fileOf(url);
      if (method === 'GET') return read(file, () => allows('ListBucket', { Path: bucketIn(url) }));
      if (method === 'DELETE') {
        await rm(file, { force: true });
        return { status: 204, headers: {}, body: Buffer.alloc(0) };
      }
      if (method !== 'PUT')
        return failure(405, 'MethodNotAllowed', `The local stack has no ${method} of objects.`);
      // Readers see an object as a whole, or not at all.
      const draft = `${file}.${process.pid}-${++drafts}`;
      await writeFile(draft, body, { mode: 0o600 });
      await rename(draft, file);
      return { status: 200, headers: {}, body: Buffer.alloc(0) };
    },
    access,
  );
  return { endpoint: gate.endpoint, stop: () => gate.stop() };
}

let drafts = 0;

const bucketIn = (url: string): string => objectPathIn(url).replace(/\/.*$/s, '');

/**
 * Read an object. S3 tells only those who may list its bucket that there is none:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
async function read(file: string, mayList: () => boolean): Promise<EngineResponse> {
  try {
    return { status: 200, headers: {}, body: await readFile(file) };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    if (mayList()) return failure(404, 'NoSuchKey', 'The specified key does not exist.');
    return failure(403, 'AccessDenied', 'Access Denied');
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const failure = (status: number, code: string, message: string): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`),
});

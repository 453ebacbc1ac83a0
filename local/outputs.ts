import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errors.ts';

/** Addresses and credentials of a running stack for clients; the content of `<data-dir>/outputs.json`. */
export interface Outputs {
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly project: string;
  readonly adminKey: string;
  readonly eventsQueueUrl: string;
  readonly awsEndpointUrlSqs: string;
  readonly awsEndpointUrlDynamodb: string;
  readonly tableName: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Write outputs.json, readable only by the user because it contains a key, and atomically because other processes wait
 * for it.
 */
export function writeOutputs(dataDir: string, outputs: Outputs): void {
  const path = join(dataDir, 'outputs.json');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(outputs, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** Return the key of a former run, so that clients that use it keep working. */
export function readPreviousAdminKey(dataDir: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDir, 'outputs.json'), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const adminKey: unknown = JSON.parse(text)?.adminKey;
    return typeof adminKey === 'string' ? adminKey : undefined;
  } catch (error) {
    // An invalid file contains no key, and this run replaces it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errors.ts';

/** What a client needs to know of a running stack; `<data-dir>/outputs.json` holds exactly this. */
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

/** Readable by the user alone, since it holds a key; and whole at any time, since others wait for it. */
export function writeOutputs(dataDir: string, outputs: Outputs): void {
  const path = join(dataDir, 'outputs.json');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(outputs, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** The key of a former run, so that what was set up with it goes on working. */
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
    // A file that is no JSON holds no key; this run replaces it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

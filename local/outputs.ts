import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areGenerated, type Credentials } from './access/access-keys.ts';
import { codeOf, LocalStackError } from './errors.ts';

/** Addresses and credentials of a running stack for clients; the content of `<data-dir>/outputs.json`. */
export interface Outputs {
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly project: string;
  readonly adminKey: string;
  readonly eventsQueueUrl: string;
  readonly awsEndpointUrlSqs: string;
  readonly awsEndpointUrlDynamodb: string;
  readonly awsEndpointUrlKms: string;
  readonly tableName: string;
  /** ARN of the key that wraps the table's data keys. */
  readonly encryptionKeyArn: string;
  /** With `apiOnlyBehindCloudFront`: the API's own port, which refuses requests, and what rotates the origin secret. */
  readonly gatewayUrl?: string;
  readonly originSecretArn?: string;
  readonly distributionId?: string;
  readonly awsEndpointUrlSecretsManager?: string;
  readonly awsEndpointUrlCloudfront?: string;
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

/** Return the outputs of the stack of a data directory. @throws LocalStackError if it was never started */
export function readOutputs(dataDir: string): Outputs {
  const path = join(dataDir, 'outputs.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new LocalStackError(
      `${path} does not exist: start the local stack first (npm start) or pass --data-dir DIR`,
    );
  }
}

/** Keys of a former run, so that clients that use them keep working. */
export interface PreviousKeys {
  readonly adminKey: string | undefined;
  readonly credentials: Credentials | undefined;
}

const NONE: PreviousKeys = { adminKey: undefined, credentials: undefined };

export function readPreviousKeys(dataDir: string): PreviousKeys {
  let text: string;
  try {
    text = readFileSync(join(dataDir, 'outputs.json'), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return NONE;
    throw error;
  }
  try {
    const { adminKey, accessKeyId, secretAccessKey } = JSON.parse(text) ?? {};
    const credentials = { accessKeyId: String(accessKeyId), secretAccessKey: String(secretAccessKey) };
    return {
      adminKey: typeof adminKey === 'string' ? adminKey : undefined,
      credentials: areGenerated(credentials) ? credentials : undefined,
    };
  } catch (error) {
    // An invalid file contains no keys, and this run replaces it.
    if (error instanceof SyntaxError) return NONE;
    throw error;
  }
}

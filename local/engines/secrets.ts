import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Access } from '../access/access.ts';
import { type EngineResponse, operationIn, startGate } from '../access/gate.ts';
import { codeOf } from '../errors.ts';
import type { Engine } from './dynoxide.ts';

export interface Secrets extends Engine {
  /** Return a value of the secret's JSON, as a dynamic reference of CloudFormation does. */
  valueOf(name: string): string;
}

/**
 * Start a stand-in for Secrets Manager behind a gate, with one secret, which is in a file.
 *
 * @param file where the secret is, or will be
 * @param generatedName the property of a new secret that is generated
 */
export async function startSecrets(file: string, generatedName: string, access: Access): Promise<Secrets> {
  if (textIn(file) === undefined)
    write(file, JSON.stringify({ [generatedName]: randomBytes(32).toString('base64url') }));
  const text = () => textIn(file) ?? '{}';
  const gate = await startGate(
    'secretsmanager',
    async ({ headers, body }) => {
      const { SecretId, SecretString } = JSON.parse(body.toString());
      switch (operationIn({ headers })) {
        case 'GetSecretValue':
          return respond(200, { ARN: SecretId, SecretString: text(), VersionStages: ['AWSCURRENT'] });
        case 'PutSecretValue':
          write(file, SecretString);
          return respond(200, { ARN: SecretId, VersionStages: ['AWSCURRENT'] });
        default:
          return respond(400, {
            __type: 'InvalidRequestException',
            Message: 'The local stack has no such call.',
          });
      }
    },
    access,
  );
  return {
    endpoint: gate.endpoint,
    stop: () => gate.stop(),
    valueOf: (name) => String(JSON.parse(text())[name] ?? ''),
  };
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Readers see the old text or the new one. */
function write(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

const respond = (status: number, body: object): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(body)),
});

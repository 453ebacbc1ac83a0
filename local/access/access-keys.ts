import { createHmac, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Generate the credentials of a stack's developer. */
export const newCredentials = (): Credentials => ({
  accessKeyId: `local-${randomBytes(16).toString('hex')}`,
  secretAccessKey: randomBytes(32).toString('base64url'),
});

/** Whether the credentials have the form of generated ones. Earlier versions gave every stack the same. */
export const areGenerated = ({ accessKeyId, secretAccessKey }: Credentials): boolean =>
  /^local-[\da-f]{32}$/.test(accessKeyId) && /^[\w-]{43}$/.test(secretAccessKey);

/**
 * Return the access key that identifies a function's requests, such as `local-deliver-<32 hexadecimal digits>`. It is
 * derived from the secret, so that no function can compute the key of another.
 */
export function accessKeyOf(functionName: string, { secretAccessKey }: Credentials): string {
  const digest = createHmac('sha256', secretAccessKey).update(functionName).digest('hex');
  return `local-${functionName}-${digest.slice(0, 32)}`;
}

/** Return the function's name in its access key, and null for other keys. */
export const functionNameIn = (accessKey: string): string | null =>
  /^local-(.+)-[\da-f]{32}$/.exec(accessKey)?.[1] ?? null;

/** `AWS4-HMAC-SHA256 Credential=<access key>/<date>/…` */
const CREDENTIAL = /(?<before>Credential=)(?<key>[^/]+)/;

/** Return the access key in an Authorization header; empty if there is none. */
export const accessKeyIn = (authorization: string | undefined): string =>
  CREDENTIAL.exec(authorization ?? '')?.groups?.key ?? '';

/** Replace the access key in an Authorization header. The signature no longer fits; no engine verifies it. */
export const withAccessKey = (authorization: string, accessKey: string): string =>
  authorization.replace(CREDENTIAL, (_, before: string) => before + accessKey);

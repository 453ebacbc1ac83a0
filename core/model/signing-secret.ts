import { randomBytes } from 'node:crypto';

/** The form of a secret that Standard Webhooks defines: `whsec_` and the base64 of 24 to 64 bytes. */
const PREFIX = 'whsec_';
const BYTES = { min: 24, generated: 32, max: 64 };

export interface SigningSecret {
  readonly secret: string;
  /** When a replaced secret stops signing, in milliseconds since the epoch; null for the current one. */
  readonly expiresAt: number | null;
}

export function newSecret(entropy: Uint8Array = randomBytes(BYTES.generated)): string {
  return PREFIX + Buffer.from(entropy).toString('base64');
}

/** Return the key that a Standard Webhooks secret encodes. */
export const keyOf = (secret: string) => Buffer.from(secret.slice(PREFIX.length), 'base64');

/** Return a Standard Webhooks secret with its padding, without which the verifiers in Go and Rust refuse it. */
export const padded = (secret: string) => PREFIX + keyOf(secret).toString('base64');

/** Return why a secret is not one of Standard Webhooks, as the rest of a sentence, or null. */
export function standardSecretFault(secret: string): string | null {
  return isStandardSecret(secret)
    ? null
    : `is not "${PREFIX}" followed by the base64 of ${BYTES.min} to ${BYTES.max} bytes`;
}

function isStandardSecret(secret: string): boolean {
  if (!secret.startsWith(PREFIX)) return false;
  const base64 = secret.slice(PREFIX.length);
  const bytes = keyOf(secret);
  const padded = bytes.toString('base64');
  // Buffer.from skips characters that are not base64; only a round trip shows them.
  if (base64 !== padded && base64 !== padded.replaceAll('=', '')) return false;
  return bytes.length >= BYTES.min && bytes.length <= BYTES.max;
}

/** Bounded because each secret adds a signature to the headers. */
const MAX_SECRETS = 3;

/** Return the secrets after a rotation: replaced ones still sign for `overlapMs`. */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  secret: string,
  overlapMs: number,
  now: number,
): SigningSecret[] {
  const until = (expiresAt: number | null) =>
    Math.min(expiresAt ?? Number.POSITIVE_INFINITY, now + overlapMs);
  const replaced = secrets.map((old) => ({ ...old, expiresAt: until(old.expiresAt) }));
  return [{ secret, expiresAt: null }, ...replaced.filter(({ expiresAt }) => expiresAt > now)].slice(
    0,
    MAX_SECRETS,
  );
}

/** Return the secrets that sign a request at this time, the current one first. */
export function validSecrets(secrets: readonly SigningSecret[], now: number): string[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).map(({ secret }) => secret);
}

import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { keyOf, SECRET_PREFIX } from '../request/signatures.ts';

const SECRET_BYTES = { least: 24, own: 32, most: 64 };

/** `whsec_` and the base64 of 24 to 64 bytes. */
export const secretSchema = z.string().refine((secret) => {
  if (!secret.startsWith(SECRET_PREFIX)) return false;
  const base64 = secret.slice(SECRET_PREFIX.length);
  const bytes = keyOf(secret);
  const padded = bytes.toString('base64');
  // Buffer.from skips what is not base64; only a round trip tells.
  if (base64 !== padded && base64 !== padded.replaceAll('=', '')) return false;
  return bytes.length >= SECRET_BYTES.least && bytes.length <= SECRET_BYTES.most;
}, `is not "${SECRET_PREFIX}" followed by the base64 of ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes`);

export function newSecret(entropy: Uint8Array = randomBytes(SECRET_BYTES.own)): string {
  return SECRET_PREFIX + Buffer.from(entropy).toString('base64');
}

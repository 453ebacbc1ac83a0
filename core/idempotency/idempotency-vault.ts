import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod';

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, 'is not 1 to 255 printable ASCII characters');

const CIPHER = 'aes-256-gcm';
const BYTES = { key: 32, nonce: 12, tag: 16 };

export interface IdempotencyVault {
  /** Where what belongs to the key is stored: tells nothing of the key. */
  readonly id: string;
  /** The same for the same text; tells nothing of it. */
  fingerprint(text: string): string;
  seal(text: string): Uint8Array;
  /** @throws Error for what another vault sealed */
  open(sealed: Uint8Array): string;
}

/**
 * What is kept for an Idempotency-Key holds secrets that are shown just once. It is sealed with the key itself, of
 * which nothing but the id is stored, so the table alone opens nothing. The stack's key besides: callers may send keys
 * that are easily guessed.
 */
export function idempotencyVault(
  stackKey: string,
  scope: readonly string[],
  idempotencyKey: string,
): IdempotencyVault {
  const id = createHmac('sha256', stackKey)
    .update(JSON.stringify(['idempotency', ...scope, idempotencyKey]))
    .digest('hex');
  const derived = Buffer.from(
    hkdfSync('sha256', idempotencyKey, stackKey, `idempotency ${id}`, 2 * BYTES.key),
  );
  const [sealingKey, printingKey] = [derived.subarray(0, BYTES.key), derived.subarray(BYTES.key)];
  return {
    id,
    fingerprint: (text) => createHmac('sha256', printingKey).update(text).digest('base64url'),
    seal(text) {
      const nonce = randomBytes(BYTES.nonce);
      const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: BYTES.tag });
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const nonce = sealed.subarray(0, BYTES.nonce);
      const decipher = createDecipheriv(CIPHER, sealingKey, nonce, { authTagLength: BYTES.tag });
      decipher.setAuthTag(sealed.subarray(BYTES.nonce, BYTES.nonce + BYTES.tag));
      const text = decipher.update(sealed.subarray(BYTES.nonce + BYTES.tag));
      return Buffer.concat([text, decipher.final()]).toString();
    },
  };
}

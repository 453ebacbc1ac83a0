import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const BYTES = { nonce: 12, tag: 16 };

/** The bytes that sealing adds. */
export const SEAL_BYTES = BYTES.nonce + BYTES.tag;

/**
 * Encrypt with AES-256-GCM under a random nonce.
 *
 * @param key 32 bytes
 * @param context what the bytes belong to, such as the key of an item: they open only in the same context
 * @returns nonce, tag and ciphertext
 */
export function seal(key: Uint8Array, plain: Uint8Array, context = ''): Uint8Array {
  const nonce = randomBytes(BYTES.nonce);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: BYTES.tag });
  const sealed = cipher.setAAD(Buffer.from(context)).update(plain);
  const rest = cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed, rest]);
}

/** @throws Error if the bytes were sealed with another key or in another context, or were changed */
export function unseal(key: Uint8Array, sealed: Uint8Array, context = ''): Buffer {
  const nonce = sealed.subarray(0, BYTES.nonce);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: BYTES.tag });
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(BYTES.nonce, SEAL_BYTES));
  const plain = decipher.update(sealed.subarray(SEAL_BYTES));
  return Buffer.concat([plain, decipher.final()]);
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod';

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, 'is not 1 to 255 printable ASCII characters');

const CIPHER = 'aes-256-gcm';
const BYTES = { key: 32, nonce: 12, tag: 16 };

/**
 * Encrypts the record of an Idempotency-Key, because it may hold a secret that is shown just once. The encryption key is
 * derived from the Idempotency-Key, of which the table has only the id, so the table alone decrypts nothing. It
 * is derived from the stack's key as well, because Idempotency-Keys may be easy to guess.
 */
export class IdempotencyVault {
  /** Where the record is stored. It does not reveal the key. */
  readonly id: string;
  readonly #sealingKey: Uint8Array;
  readonly #printingKey: Uint8Array;

  constructor(stackKey: string, scope: readonly string[], idempotencyKey: string) {
    this.id = createHmac('sha256', stackKey)
      .update(JSON.stringify(['idempotency', ...scope, idempotencyKey]))
      .digest('hex');
    const derived = Buffer.from(
      hkdfSync('sha256', idempotencyKey, stackKey, `idempotency ${this.id}`, 2 * BYTES.key),
    );
    this.#sealingKey = derived.subarray(0, BYTES.key);
    this.#printingKey = derived.subarray(BYTES.key);
  }

  /** Return a digest by which equal texts are recognised. It does not reveal the text. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#printingKey).update(text).digest('base64url');
  }

  seal(text: string): Uint8Array {
    const nonce = randomBytes(BYTES.nonce);
    const cipher = createCipheriv(CIPHER, this.#sealingKey, nonce, { authTagLength: BYTES.tag });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error if another vault sealed it */
  open(sealed: Uint8Array): string {
    const nonce = sealed.subarray(0, BYTES.nonce);
    const decipher = createDecipheriv(CIPHER, this.#sealingKey, nonce, { authTagLength: BYTES.tag });
    decipher.setAuthTag(sealed.subarray(BYTES.nonce, BYTES.nonce + BYTES.tag));
    const text = decipher.update(sealed.subarray(BYTES.nonce + BYTES.tag));
    return Buffer.concat([text, decipher.final()]).toString();
  }
}

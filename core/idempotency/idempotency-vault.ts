import { createHmac, hkdfSync } from 'node:crypto';
import * as z from 'zod';
import { seal, unseal } from '../kernel/seal.ts';

export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/, 'is not 1 to 255 printable ASCII characters');

const KEY_BYTES = 32;

interface VaultOptions {
  /** Determines where records are stored. It need not be secret. */
  readonly stackKey: string;
  /** Seals the records. Version 0.1 used the stack's key instead. */
  readonly dataKey: Uint8Array | undefined;
  readonly scope: readonly string[];
  readonly idempotencyKey: string;
}

/**
 * Encrypts the record of an Idempotency-Key, because it may hold a secret that is shown just once. The encryption key is
 * derived from the Idempotency-Key, of which the table has only the id, so the table alone decrypts nothing. It
 * is derived from the data key as well, because Idempotency-Keys may be easy to guess.
 */
export class IdempotencyVault {
  /** Where the record is stored. It does not reveal the key. */
  readonly id: string;
  readonly #sealingKey: Uint8Array;
  readonly #printingKey: Uint8Array;

  constructor({ stackKey, dataKey, scope, idempotencyKey }: VaultOptions) {
    this.id = createHmac('sha256', stackKey)
      .update(JSON.stringify(['idempotency', ...scope, idempotencyKey]))
      .digest('hex');
    const derived = Buffer.from(
      hkdfSync('sha256', idempotencyKey, dataKey ?? stackKey, `idempotency ${this.id}`, 2 * KEY_BYTES),
    );
    this.#sealingKey = derived.subarray(0, KEY_BYTES);
    this.#printingKey = derived.subarray(KEY_BYTES);
  }

  /** Return a digest by which equal texts are recognised. It does not reveal the text. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#printingKey).update(text).digest('base64url');
  }

  seal(text: string): Uint8Array {
    return seal(this.#sealingKey, Buffer.from(text));
  }

  /** @throws Error if another vault sealed it */
  open(sealed: Uint8Array): string {
    return unseal(this.#sealingKey, sealed).toString();
  }
}

/** The key that encrypts data keys. It never leaves KMS. */
export interface WrappingKey {
  /** Generate 32 bytes, and wrap them. @param number that of the data key: it is unwrapped only as the same */
  generate(number: number): Promise<{ readonly key: Uint8Array; readonly wrapped: WrappedKey }>;
  unwrap(number: number, wrapped: WrappedKey): Promise<Uint8Array>;
}

interface WrappedKey {
  /** The ARN of the key that wrapped it. */
  readonly keyArn: string;
  readonly ciphertext: Uint8Array;
}

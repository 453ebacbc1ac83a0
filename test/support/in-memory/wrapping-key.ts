import { randomBytes } from 'node:crypto';
import { seal, unseal } from '../../../core/kernel/seal.ts';
import type { WrappingKey } from '../../../core/ports/wrapping-key.ts';

/** A key of KMS. `calls` has the calls to it; it fails while `fails` is set. */
export function inMemoryWrappingKey() {
  const master = randomBytes(32);
  const kms = { calls: [] as string[], fails: false, wrappingKey: {} as WrappingKey };
  const call = (text: string) => {
    kms.calls.push(text);
    if (kms.fails) throw new Error('KMS fails');
  };
  kms.wrappingKey = {
    async generate(number) {
      call(`generate ${number}`);
      const key = randomBytes(32);
      return { key, wrapped: { keyArn: 'key', ciphertext: seal(master, key, String(number)) } };
    },
    async unwrap(number, { ciphertext }) {
      call(`unwrap ${number}`);
      return unseal(master, ciphertext, String(number));
    },
  };
  return kms;
}

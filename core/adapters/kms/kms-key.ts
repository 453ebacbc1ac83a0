import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { WrappingKey } from '../../ports/wrapping-key.ts';

/** Neither a request nor a delivery waits longer for KMS, which answers within milliseconds. */
const TIMEOUT_MS = 2000;

const openClient = () =>
  new KMSClient({ requestHandler: { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS } });

/**
 * Create a wrapping key in KMS.
 *
 * @param keyArn the key that wraps new data keys; without it, there are none
 * @param open opens the client, at the first use
 */
export function kmsKey(keyArn?: string, open: () => KMSClient = openClient): WrappingKey {
  let opened: KMSClient | undefined;
  const client = () => {
    opened ??= open();
    return opened;
  };
  return {
    async generate(number) {
      if (keyArn === undefined) throw new Error('There is no KMS key to wrap a data key with.');
      const command = { KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: contextOf(number) } as const;
      const { Plaintext, CiphertextBlob } = await client().send(new GenerateDataKeyCommand(command));
      return { key: given(Plaintext), wrapped: { keyArn, ciphertext: given(CiphertextBlob) } };
    },
    async unwrap(number, { keyArn: KeyId, ciphertext: CiphertextBlob }) {
      const command = { KeyId, CiphertextBlob, EncryptionContext: contextOf(number) };
      return given((await client().send(new DecryptCommand(command))).Plaintext);
    },
  };
}

/** Without the table's name: a table that is restored from a backup has another. */
const contextOf = (number: number) => ({ 'ancrage:data-key': String(number) });

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('KMS returned no key.');
  return bytes;
}

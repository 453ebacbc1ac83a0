import { ConflictError } from '../kernel/errors.ts';
import { hashBearer, isToken } from '../model/api-key.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { readCredentials } from './principal-finder.ts';

/**
 * Revoke the token that a request was made with.
 *
 * @param authorization the `Authorization` header of that request
 * @throws ConflictError if it has a key
 */
export async function revokeToken(
  { keys }: { readonly keys: Pick<KeyStore, 'deleteToken'> },
  authorization = '',
): Promise<void> {
  const { secret = '' } = readCredentials(authorization);
  if (!isToken(secret))
    throw new ConflictError(
      'The request was made with a key, which is deleted by its id. Only tokens are revoked here.',
    );
  await keys.deleteToken(hashBearer(secret));
}

import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { type ApiKey, hashBearer, type Principal } from '../model/api-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

export interface PrincipalFinderPorts {
  readonly keys: Pick<KeyStore, 'findByHash'>;
  readonly clock: Clock;
}

/** How long a deleted key may still work. */
const MAX_AGE_MS = 60_000;
const MAX_KEY_BYTES = 1024 * 1024;
/** Longer than any key or token, so a longer text need not be hashed. */
const MAX_BEARER_LENGTH = 200;

/** Finds out who makes a request. It caches keys, so most requests cost no read. */
export class PrincipalFinder {
  readonly #findByHash: (hash: string) => Promise<ApiKey | null>;

  constructor({ keys, clock }: PrincipalFinderPorts) {
    this.#findByHash = cached((hash: string) => keys.findByHash(hash, clock()), {
      maxAgeMs: MAX_AGE_MS,
      maxBytes: MAX_KEY_BYTES,
      clock,
    }).get;
  }

  /**
   * Return the principal of an `Authorization` header; null if it has no valid key or token. The header may also name the
   * key's id: `token <id>:<secret>`, or the id as user name and the secret as password.
   */
  async find(authorization: string | undefined): Promise<Principal | null> {
    const { keyId, secret } = readCredentials(authorization ?? '');
    if (secret === undefined || secret.length > MAX_BEARER_LENGTH) return null;
    const key = await this.#findByHash(hashBearer(secret));
    if (key === null || (keyId !== undefined && keyId !== key.id)) return null;
    return { keyId: key.id, project: key.project, scopes: key.scopes };
  }
}

interface Credentials {
  /** The key's id, if the scheme has one. */
  readonly keyId?: string | undefined;
  readonly secret?: string | undefined;
}

function readCredentials(authorization: string): Credentials {
  // RFC 9110, section 11.1: the scheme's name is case-insensitive.
  const [, scheme, credentials = ''] = /^(Bearer|token|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined) return {};
  if (scheme.toLowerCase() === 'bearer') return { secret: credentials };
  const pair = scheme.toLowerCase() === 'token' ? credentials : Buffer.from(credentials, 'base64').toString();
  // Ids have no colon, so everything after the first one belongs to the secret.
  const colon = pair.indexOf(':');
  return colon === -1 ? {} : { keyId: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

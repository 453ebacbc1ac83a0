import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { hashBearer, type Principal } from '../model/api-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

export interface IdentifyDependencies {
  readonly keys: Pick<KeyStore, 'findByHash'>;
  readonly clock: Clock;
}

/** A deleted key works no longer than this. */
const MAX_AGE_MS = 60_000;
const MAX_KEYS = 1000;
/** Bearers of ours are far shorter; anything longer is not worth hashing. */
const MAX_BEARER_LENGTH = 200;

/**
 * On whose behalf a request with this `Authorization` header is made; null if it names no valid key or token. A key may
 * stand there with its id, too: `token <id>:<secret>`, or as a user name and a password.
 */
export function identify({ keys, clock }: IdentifyDependencies) {
  const find = cached((hash: string) => keys.findByHash(hash, clock()), {
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_KEYS,
    clock,
  });
  return async (authorization: string | undefined): Promise<Principal | null> => {
    const { keyId, secret } = readCredentials(authorization ?? '');
    if (secret === undefined || secret.length > MAX_BEARER_LENGTH) return null;
    const key = await find.get(hashBearer(secret));
    if (key === null || (keyId !== undefined && keyId !== key.id)) return null;
    return { keyId: key.id, project: key.project, scopes: key.scopes };
  };
}

interface Credentials {
  /** Of the key, where the scheme has one. */
  readonly keyId?: string | undefined;
  readonly secret?: string | undefined;
}

function readCredentials(authorization: string): Credentials {
  // RFC 9110, section 11.1: the scheme's name is case-insensitive.
  const [, scheme, credentials = ''] = /^(Bearer|token|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined) return {};
  if (scheme.toLowerCase() === 'bearer') return { secret: credentials };
  const pair = scheme.toLowerCase() === 'token' ? credentials : Buffer.from(credentials, 'base64').toString();
  // Ids have no colon, so all that follows the first one is to be the secret.
  const colon = pair.indexOf(':');
  return colon === -1 ? {} : { keyId: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

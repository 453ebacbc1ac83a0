import { hashBearer, type Principal } from '../domain/api-key.ts';
import type { Clock, KeyStore } from '../ports.ts';
import { cached } from './cached.ts';

export interface IdentifyDependencies {
  readonly keys: Pick<KeyStore, 'findByHash'>;
  readonly clock: Clock;
}

/** A deleted key works no longer than this. */
const MAX_AGE_MS = 60_000;
const MAX_KEYS = 1000;
/** Bearers of ours are far shorter; anything longer is not worth hashing. */
const MAX_BEARER_LENGTH = 200;

/** On whose behalf a request with this `Authorization` header is made; null if it names no valid key or token. */
export function identify({ keys, clock }: IdentifyDependencies) {
  const find = cached((hash: string) => keys.findByHash(hash, clock()), {
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_KEYS,
    clock,
  });
  return async (authorization: string | undefined): Promise<Principal | null> => {
    // RFC 9110, section 11.1: the scheme's name is case-insensitive.
    const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (bearer === undefined || bearer.length > MAX_BEARER_LENGTH) return null;
    const key = await find(hashBearer(bearer));
    return key && { keyId: key.id, project: key.project, scopes: key.scopes };
  };
}

import { createHash, randomBytes } from 'node:crypto';

/** `admin` may do everything in all projects. The other scopes apply to one project; `manage` includes `read`. */
export const SCOPES = ['admin', 'manage', 'publish', 'read'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The SHA-256 of the secret in hex. The secret itself is not stored. */
  readonly hash: string;
  readonly createdAt: string;
  /** The generation of its project. */
  readonly generation?: string | undefined;
}

/** A token that `POST /v1/Authenticate` issued for a key. Deleting the key revokes it. */
export interface AccessToken {
  readonly hash: string;
  readonly keyHash: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The key that authenticated a request. */
export interface Principal {
  readonly keyId: string;
  readonly project: string;
  readonly scopes: readonly Scope[];
  /** The generation of the project that the key was made for. */
  readonly generation?: string | undefined;
}

export const TOKEN_LIFETIME_SECONDS = 43_200;

// 256 random bits need no slow hash: there is no dictionary to try. The prefixes let secret scanners find leaks.
const TOKEN_PREFIX = 'ancrage_token_';
const bearerOf = (prefix: string, entropy: Uint8Array) => prefix + Buffer.from(entropy).toString('base64url');
export const keySecretOf = (entropy: Uint8Array): string => bearerOf('ancrage_key_', entropy);
export const newToken = (): string => bearerOf(TOKEN_PREFIX, randomBytes(32));
export const isToken = (bearer: string): boolean => bearer.startsWith(TOKEN_PREFIX);

/** Return the hash by which keys and tokens are looked up. Timing the look-up reveals hashes, not secrets. */
export const hashBearer = (bearer: string): string => createHash('sha256').update(bearer).digest('hex');

export function hasScope(principal: Principal, wanted: Scope): boolean {
  const { scopes } = principal;
  return (
    scopes.includes('admin') || scopes.includes(wanted) || (wanted === 'read' && scopes.includes('manage'))
  );
}

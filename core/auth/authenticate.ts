import type { Clock } from '../kernel/clock.ts';
import { UnauthorizedError } from '../kernel/errors.ts';
import { hashBearer, newToken, TOKEN_LIFETIME_SECONDS } from '../model/api-key.ts';
import type { AuthorityStore } from '../ports/authority-store.ts';
import type { KeyStore } from '../ports/key-store.ts';

export interface AuthenticatePorts {
  readonly keys: Pick<KeyStore, 'findByHash' | 'createToken'>;
  readonly authorities: Pick<AuthorityStore, 'during'>;
  readonly clock: Clock;
}

export interface Credentials {
  readonly project: string;
  readonly keyId: string;
  readonly secret: string;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
  /** When it was issued, in milliseconds since the epoch. */
  readonly at: number;
}

/** Issue a 12-hour token for a key. @throws UnauthorizedError that does not say which of the three is wrong. NotFoundError if the project was deleted */
export async function authenticate(
  { keys, authorities, clock }: AuthenticatePorts,
  { project, keyId, secret }: Credentials,
): Promise<IssuedToken> {
  const now = clock();
  const keyHash = hashBearer(secret);
  const key = await keys.findByHash(keyHash, now);
  // A token finds its key, too, but must not pass for the secret: it could renew itself for ever.
  if (key === null || key.hash !== keyHash || key.id !== keyId || key.project !== project) {
    throw new UnauthorizedError('The project, the user name or the password is wrong.');
  }
  const token = newToken();
  const expiresAt = now + TOKEN_LIFETIME_SECONDS * 1000;
  const authority = { key: { project, id: keyId }, projects: [{ id: project, generation: key.generation }] };
  await authorities.during(authority, () =>
    keys.createToken({ hash: hashBearer(token), keyHash, expiresAt }),
  );
  return { token, expiresInSeconds: TOKEN_LIFETIME_SECONDS, at: now };
}

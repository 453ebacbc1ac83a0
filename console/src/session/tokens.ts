import { type AncrageClient, createAncrageClient } from '../../../client/index.ts';
import { ApiError, unwrap } from '../api/api-error.ts';
import type { Language } from '../i18n/messages.ts';
import type { StoredSession } from './stored-session.ts';

type Scope = 'admin' | 'manage' | 'publish' | 'read';

/** The owner of an API key. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly scopes: readonly Scope[];
}

export interface SignedIn {
  readonly stored: StoredSession;
  readonly identity: Identity;
}

export const clientOf = (bearer: string, language: Language): AncrageClient =>
  createAncrageClient({ baseUrl: location.origin, apiKey: bearer, language });

/** Load the identity of a key, or of the key of a token. @throws ApiError if it is unknown or cannot read */
export async function identify(bearer: string, language: Language): Promise<Identity> {
  const identity = await unwrap(clientOf(bearer, language).GET('/v1/key'));
  const { scopes } = identity;
  if (!scopes.some((scope) => scope !== 'publish')) throw new ApiError(403, 'publish');
  return identity;
}

/** Exchange a key for a token. @throws ApiError if the key is unknown or cannot read */
export async function signIn(key: string, language: Language): Promise<SignedIn> {
  const identity = await identify(key, language);
  const { authToken } = await unwrap(
    clientOf(key, language).POST('/v1/Authenticate', {
      body: { projectCode: identity.project, userName: identity.id, password: key },
    }),
  );
  return { stored: { token: authToken }, identity };
}

/** @throws ApiError or TypeError if the token stays valid until it expires */
export const revoke = ({ token }: StoredSession, language: Language): Promise<unknown> =>
  unwrap(clientOf(token, language).DELETE('/v1/token', { keepalive: true }));

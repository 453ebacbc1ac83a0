import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { hashBearer, type Principal } from '../model/api-key.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface PrincipalFinderPorts {
  readonly keys: Pick<KeyStore, 'findByHash'>;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly clock: Clock;
}

/** Who makes a request, and whether the key outlived its project. */
export interface Caller extends Principal {
  readonly projectIsGone: boolean;
}

/** How long a deleted key may still read and publish. Changes are conditional on the key. */
const MAX_AGE_MS = 60_000;
const MAX_KEY_BYTES = 1024 * 1024;
/** Longer than any key or token, so a longer text need not be hashed. */
const MAX_BEARER_LENGTH = 200;

/** Finds out who makes a request. It caches keys, so most requests cost no read. */
export class PrincipalFinder {
  readonly #findCaller: (hash: string) => Promise<Caller | null>;

  constructor({ keys, projects, clock }: PrincipalFinderPorts) {
    const findCaller = async (hash: string): Promise<Caller | null> => {
      const key = await keys.findByHash(hash, clock());
      if (key === null) return null;
      const { id: keyId, scopes, generation } = key;
      const project = await projects.get(key.project);
      const projectIsGone = project === null || project.generation !== generation;
      return { keyId, project: key.project, scopes, generation, projectIsGone };
    };
    this.#findCaller = cached(findCaller, { maxAgeMs: MAX_AGE_MS, maxBytes: MAX_KEY_BYTES, clock }).get;
  }

  /**
   * Return the caller of an `Authorization` header; null if it has no valid key or token. The header may also name the
   * key's id: `token <id>:<secret>`, or the id as user name and the secret as password.
   */
  async find(authorization: string | undefined): Promise<Caller | null> {
    const { keyId, secret } = readCredentials(authorization ?? '');
    if (secret === undefined || secret.length > MAX_BEARER_LENGTH) return null;
    const caller = await this.#findCaller(hashBearer(secret));
    return caller === null || (keyId !== undefined && keyId !== caller.keyId) ? null : caller;
  }
}

interface Credentials {
  /** The key's id, if the scheme has one. */
  readonly keyId?: string | undefined;
  readonly secret?: string | undefined;
}

/** Read an `Authorization` header. Without a secret if its scheme is unknown. */
export function readCredentials(authorization: string): Credentials {
  // RFC 9110, section 11.1: the scheme's name is case-insensitive.
  const [, scheme, credentials = ''] = /^(Bearer|token|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined) return {};
  if (scheme.toLowerCase() === 'bearer') return { secret: credentials };
  const pair = scheme.toLowerCase() === 'token' ? credentials : Buffer.from(credentials, 'base64').toString();
  // Ids have no colon, so everything after the first one belongs to the secret.
  const colon = pair.indexOf(':');
  return colon === -1 ? {} : { keyId: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

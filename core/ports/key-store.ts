import type { AccessToken, ApiKey } from '../model/api-key.ts';
import type { Page, PageRequest } from './page.ts';

export interface KeyStore {
  /**
   * Create a key, unless an earlier try has created it.
   *
   * @param limit how many the project may have. @default any number
   * @throws LimitReachedError
   * @throws UnavailableError if other keys keep being created or deleted before it
   */
  create(key: ApiKey, limit?: number): Promise<void>;
  /** Return the key with this hash, or the key of an unexpired token with this hash, or null. */
  findByHash(hash: string, now: number): Promise<ApiKey | null>;
  get(project: string, id: string): Promise<ApiKey | null>;
  list(project: string, page: PageRequest): Promise<Page<ApiKey>>;
  /** Delete a key, which revokes its tokens. Succeeds even if there is none. */
  delete(project: string, id: string): Promise<void>;
  /** Delete a key of a deleted project in the same way, without counting. Many can be deleted at the same time. */
  deleteUncounted(project: string, id: string): Promise<void>;
  createToken(token: AccessToken): Promise<void>;
  /** Delete the token with this hash. Succeeds even if there is none, and never deletes a key. */
  deleteToken(hash: string): Promise<void>;
}

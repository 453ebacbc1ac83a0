import type { AccessToken, ApiKey } from '../model/api-key.ts';
import type { Page, PageRequest } from './page.ts';

export interface KeyStore {
  create(key: ApiKey): Promise<void>;
  /** The key that a bearer's hash stands for, directly or through an unexpired token; null if there is none. */
  findByHash(hash: string, now: number): Promise<ApiKey | null>;
  get(project: string, id: string): Promise<ApiKey | null>;
  list(project: string, page: PageRequest): Promise<Page<ApiKey>>;
  /** Also when there is none. Its tokens die with it. */
  delete(project: string, id: string): Promise<void>;
  createToken(token: AccessToken): Promise<void>;
}

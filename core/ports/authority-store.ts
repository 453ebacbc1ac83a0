import type { Principal } from '../model/api-key.ts';

/**
 * What a change rests on: the key of who asks for it, and the projects that it concerns. A project is one of its name with a certain
 * generation: a later project of the same name is another one.
 */
export interface Authority {
  readonly key?: { readonly project: string; readonly id: string } | undefined;
  readonly projects: readonly { readonly id: string; readonly generation?: string | undefined }[];
}

export interface AuthorityStore {
  /**
   * Read the key of a principal, its project and the one that it wants to change, as the latest writes left them. With
   * `mayBeGone` the latter need not exist.
   *
   * @throws NotFoundError if one of the projects is gone
   * @throws UnauthorizedError if the key was deleted
   */
  confirm(principal: Principal, project?: string, mayBeGone?: boolean): Promise<Authority>;
  /**
   * Do work whose writes fail once the authority is gone, or another one that the caller works with. What the work has written
   * before stays.
   *
   * @throws NotFoundError if one of the projects is gone
   * @throws UnauthorizedError if the key was deleted
   */
  during<Result>(authority: Authority, work: () => Promise<Result>): Promise<Result>;
  /** Do work that needs no authority any more, such as finishing or undoing what was begun with it. */
  without<Result>(work: () => Promise<Result>): Promise<Result>;
}

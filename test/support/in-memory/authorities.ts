import type { AuthorityStore } from '../../../core/ports/authority-store.ts';

/** Authorities that are never gone. */
export const lastingAuthorities: AuthorityStore = {
  confirm: async () => ({ projects: [] }),
  during: (_, work) => work(),
  without: (work) => work(),
};

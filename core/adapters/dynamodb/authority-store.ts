import { notFound } from '../../kernel/errors.ts';
import type { AuthorityStore } from '../../ports/authority-store.ts';
import { during, keyGone, withoutAuthority } from './authority.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItems } from './table.ts';

export function authorityStore(table: DataTable): AuthorityStore {
  return {
    async confirm({ project: own, keyId, generation }, project = own, mayBeGone = false) {
      // Whether a project exists that may be gone does not matter, and its id may be any text.
      const ids = mayBeGone ? [own] : [...new Set([own, project])];
      const key = { project: own, id: keyId };
      const [keyItem, ...items] = await getItems(table, [
        KEY.keyOfProject(own, keyId),
        ...ids.map(KEY.project),
      ]);
      const projects = ids.flatMap((id, index) => {
        const item = items[index];
        const isGone = item === undefined || item.deleted === true;
        const isAnother = id === own && !isGone && item.generation !== generation;
        const needNotExist = mayBeGone && id === project;
        if (isAnother || (isGone && !needNotExist)) throw notFound('project', id);
        return needNotExist ? [] : { id, generation: item?.generation as string | undefined };
      });
      if (keyItem === undefined) throw keyGone();
      return { key, projects };
    },

    during,
    without: withoutAuthority,
  };
}

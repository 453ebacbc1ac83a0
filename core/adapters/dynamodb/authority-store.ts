import type { AuthorityStore } from '../../ports/authority-store.ts';
import { during, keyGone, projectGone } from './authority.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItems } from './table.ts';

export function authorityStore(table: DataTable): AuthorityStore {
  return {
    async confirm({ project: own, keyId, generation }, project = own, mayBeGone = false) {
      const ids = mayBeGone ? [] : [...new Set([own, project])];
      const key = { project: own, id: keyId };
      const [keyItem, ...items] = await getItems(table, [
        KEY.keyOfProject(own, keyId),
        ...ids.map(KEY.project),
      ]);
      const projects = ids.map((id, index) => {
        const item = items[index];
        const isAnother = id === own && item?.generation !== generation;
        if (item === undefined || item.deleted === true || isAnother) throw projectGone(id);
        return { id, generation: item.generation as string | undefined };
      });
      if (keyItem === undefined) throw keyGone();
      return { key, projects };
    },

    during,
  };
}

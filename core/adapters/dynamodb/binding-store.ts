import { ATTRIBUTE } from '../../contract.ts';
import type { BindingStore } from '../../ports.ts';
import { PARTITION } from './keys.ts';
import { type DataTable, queryCollection } from './table.ts';

export function bindingStore(table: DataTable): BindingStore {
  return {
    async page(project, pattern, page) {
      const collection = {
        partition: PARTITION.binding(project, pattern),
        prefix: '',
        order: 'oldest first',
      } as const;
      const { items, cursor } = await queryCollection(table, collection, page);
      return { items: items.map((item) => item[ATTRIBUTE.sortKey] as string), cursor };
    },
  };
}

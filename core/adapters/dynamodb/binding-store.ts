import { ATTRIBUTE } from '../../contract.ts';
import type { Binding, BindingStore } from '../../ports/binding-store.ts';
import { PARTITION } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';

export function bindingStore(table: DataTable): BindingStore {
  return {
    async page(project, pattern, page) {
      const collection = {
        partition: PARTITION.binding(project, pattern),
        prefix: '',
        order: 'oldest first',
      } as const;
      const { items, cursor } = await queryCollection(table, collection, page);
      return { items: items.map(toBinding), cursor };
    },
  };
}

const toBinding = (item: Item): Binding => ({
  subscriptionId: item[ATTRIBUTE.sortKey] as string,
  condition: (item.condition as string | undefined) ?? null,
});

import { ATTRIBUTE } from '../../contract.ts';
import type { Binding, BindingStore } from '../../ports/binding-store.ts';
import { collectionPage } from './collection-page.ts';
import { PARTITION } from './keys.ts';
import type { DataTable, Item } from './table.ts';

export function bindingStore(table: DataTable): BindingStore {
  return {
    page(project, pattern, page) {
      const partition = PARTITION.binding(project, pattern);
      return collectionPage(table, { partition, prefix: '', order: 'oldest first' }, page, toBinding);
    },
  };
}

const toBinding = (item: Item): Binding => ({
  subscriptionId: item[ATTRIBUTE.sortKey] as string,
  condition: (item.condition as string | undefined) ?? null,
});

import { ATTRIBUTE } from '../../contract.ts';
import { filteredPage, passing } from '../../ports/filtered-page.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { type Collection, type DataTable, type Item, queryCollection } from './table.ts';

/** Return a page of the entries of a collection. @param passes a filter on their items, by default none */
export async function collectionPage<Entry>(
  table: DataTable,
  collection: Collection,
  page: PageRequest,
  toEntry: (item: Item) => Entry | Promise<Entry>,
  passes?: (item: Item) => boolean | Promise<boolean>,
): Promise<Page<Entry>> {
  const read = async (part: PageRequest) => {
    const { items, cursor } = await queryCollection(table, collection, part);
    return { items: passes ? await passing(items, passes) : items, cursor };
  };
  const sortKeyOf = (item: Item) => item[ATTRIBUTE.sortKey] as string;
  const { items, cursor } = await (passes ? filteredPage(page, read, sortKeyOf) : read(page));
  return { items: await Promise.all(items.map(toEntry)), cursor };
}

import { ATTRIBUTE } from '../../contract.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { type Collection, type DataTable, type Item, queryCollection } from './table.ts';

/** What one read looks at, and how often a page reads on: 2500 items, so that a page never takes long. */
const READ_AT_ONCE = 250;
const MAX_READS = 10;

/**
 * A page of what passes a filter. Most of what is read may not, so it reads on until the page is full; where it has
 * read as much as it may, the page is shorter, and its cursor goes on from there.
 *
 * `positionOf` gives the cursor that stands for an entry.
 */
export async function filteredPage<Entry>(
  { limit, cursor: from }: PageRequest,
  read: (page: PageRequest) => Promise<Page<Entry>>,
  positionOf: (entry: Entry) => string,
): Promise<Page<Entry>> {
  const found: Entry[] = [];
  let cursor = from;
  for (let reads = 0; reads < MAX_READS && found.length < limit; reads++) {
    const page = await read({ limit: READ_AT_ONCE, cursor });
    found.push(...page.items);
    cursor = page.cursor;
    if (cursor === null) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: found.length > limit && last !== undefined ? positionOf(last) : cursor };
}

/** A page of those items of a collection that are wanted. */
export function filteredCollection(
  table: DataTable,
  collection: Collection,
  page: PageRequest,
  isWanted: (item: Item) => boolean,
): Promise<Page<Item>> {
  const read = async (page: PageRequest) => {
    const { items, cursor } = await queryCollection(table, collection, page);
    return { items: items.filter(isWanted), cursor };
  };
  return filteredPage(page, read, (item) => item[ATTRIBUTE.sortKey] as string);
}

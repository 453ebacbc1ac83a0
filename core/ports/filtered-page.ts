import type { Page, PageRequest } from './page.ts';

/** A page reads at most 2,500 items, so that it never takes long, unless its caller reads others together with them. */
const READ_AT_ONCE = 250;
const MAX_READS = 10;

/**
 * Return a page of the entries that pass a filter. Most entries may not pass, so this keeps reading until the page is full or
 * {@link MAX_READS} is reached; then the page is shorter, and its cursor continues from there.
 *
 * @param read reads a page and filters it
 * @param positionOf returns the cursor of an entry
 * @param atOnce how many entries to read at once
 */
export async function filteredPage<Entry>(
  { limit, cursor: from }: PageRequest,
  read: (page: PageRequest) => Promise<Page<Entry>>,
  positionOf: (entry: Entry) => string,
  atOnce = READ_AT_ONCE,
): Promise<Page<Entry>> {
  const found: Entry[] = [];
  let cursor = from;
  for (let reads = 0; reads < MAX_READS && found.length < limit; reads++) {
    const page = await read({ limit: atOnce, cursor });
    found.push(...page.items);
    cursor = page.cursor;
    if (cursor === null) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: found.length > limit && last !== undefined ? positionOf(last) : cursor };
}

/** Return the items that pass a filter, in their order. */
export async function passing<Item>(
  items: readonly Item[],
  passes: (item: Item) => boolean | Promise<boolean>,
): Promise<Item[]> {
  const pass = await Promise.all(items.map(passes));
  return items.filter((_, index) => pass[index]);
}

import type { Page, PageRequest } from '../../../core/ports/page.ts';

/** Return a page of sorted items. The cursor is the key of its last item, which may be removed later. */
export function pageOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, cursor }: PageRequest,
  order: 'newest first' | 'oldest first' = 'newest first',
): Page<Item> {
  const isAfter = (key: string, last: string) => (order === 'newest first' ? key < last : key > last);
  const left = cursor === null ? sorted : sorted.filter((item) => isAfter(keyOf(item), cursor));
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: left.length > limit && last !== undefined ? keyOf(last) : null };
}

/** Sort items by descending key. */
export function newestFirst<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
}

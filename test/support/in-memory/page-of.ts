import type { Page, PageRequest } from '../../../core/ports.ts';

/** A page of items in the order given; the cursor is the key of the last one. */
export function pageOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, cursor }: PageRequest,
): Page<Item> {
  const from = cursor === null ? 0 : sorted.findIndex((item) => keyOf(item) === cursor) + 1;
  const items = sorted.slice(from, from + limit);
  const last = items.at(-1);
  return { items, cursor: from + limit < sorted.length && last !== undefined ? keyOf(last) : null };
}

/** Descending by key. */
export function newestFirst<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
}

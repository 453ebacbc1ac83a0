/** A page of a list, the newest item first unless the list says otherwise. `cursor` is null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Yield the items of a list, page by page. */
export async function* allItems<Item>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ limit, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Return the items of a list, all pages of which fit into memory. */
export async function listAll<Item>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of allItems(limit, read)) items.push(item);
  return items;
}

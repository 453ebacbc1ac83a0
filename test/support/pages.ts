/** Return every item of a list, read page by page. */
export async function readAll<Item>(
  list: (page: {
    limit: number;
    cursor: string | null;
  }) => Promise<{ items: readonly Item[]; cursor: string | null }>,
  limit: number,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ limit, cursor });
    if (page.items.length > limit) throw new Error(`A page of ${limit} has ${page.items.length} items.`);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

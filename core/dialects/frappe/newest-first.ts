/** Merge lists that are sorted newest first, reading each no further than needed. */
export async function* newestFirst<Item extends { readonly at: string }>(
  lists: readonly AsyncIterator<Item>[],
): AsyncGenerator<Item> {
  const heads = await Promise.all(lists.map((list) => list.next()));
  for (;;) {
    let newest = -1;
    let item: Item | undefined;
    for (const [index, head] of heads.entries()) {
      if (head.done || (item !== undefined && head.value.at <= item.at)) continue;
      item = head.value;
      newest = index;
    }
    const list = lists[newest];
    if (item === undefined || list === undefined) return;
    yield item;
    heads[newest] = await list.next();
  }
}

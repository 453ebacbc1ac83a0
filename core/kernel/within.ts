/** Divide items, in their order, into groups that are no larger than a size. An item that is larger is a group by itself. */
export function* within<Item>(
  items: Iterable<Item>,
  sizeOf: (item: Item) => number,
  most: number,
): Generator<[Item, ...Item[]]> {
  let group: [Item, ...Item[]] | undefined;
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (group !== undefined && size + more > most) {
      yield group;
      group = undefined;
      size = 0;
    }
    if (group === undefined) group = [item];
    else group.push(item);
    size += more;
  }
  if (group !== undefined) yield group;
}

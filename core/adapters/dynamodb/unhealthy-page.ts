import { ATTRIBUTE } from '../../contract.ts';
import type { UnhealthyState } from '../../model/trouble.ts';
import { filteredPage, passing } from '../../ports/filtered-page.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { KEY } from './keys.ts';
import { type DataTable, getItems, type Item, MOST_AT_ONCE, queryCollection } from './table.ts';
import { toUnhealthyEntry, unhealthyCollection } from './unhealthy-index.ts';

interface InState {
  readonly project: string;
  readonly state: UnhealthyState;
  /** Whether many may not pass. */
  readonly isFiltered: boolean;
}

interface Found {
  readonly position: string;
  readonly item: Item;
}

/**
 * Return a page of the subscriptions in a state: one Query of their entries, and the items of these.
 *
 * @param passes a filter on the items. An entry that its subscription contradicts, after a change by a version that does not know
 * the index, must not pass
 */
export async function unhealthyPage<Entry>(
  table: DataTable,
  { project, state, isFiltered }: InState,
  page: PageRequest,
  toEntry: (item: Item) => Promise<Entry>,
  passes: (item: Item) => Promise<boolean>,
): Promise<Page<Entry>> {
  const read = async (part: PageRequest): Promise<Page<Found>> => {
    const { items, cursor } = await queryCollection(table, unhealthyCollection(project, state), part);
    const ids = items.map((item) => toUnhealthyEntry(item).subscriptionId);
    const subscriptions =
      ids.length === 0
        ? []
        : await getItems(
            table,
            ids.map((id) => KEY.subscription(project, id)),
          );
    const found = subscriptions.flatMap((item, index): Found[] =>
      item === undefined ? [] : [{ position: String(items[index]?.[ATTRIBUTE.sortKey]), item }],
    );
    return { items: await passing(found, ({ item }) => passes(item)), cursor };
  };
  const { items, cursor } = await filteredPage(
    page,
    read,
    ({ position }) => position,
    isFiltered ? MOST_AT_ONCE : page.limit,
  );
  return { items: await Promise.all(items.map(({ item }) => toEntry(item))), cursor };
}

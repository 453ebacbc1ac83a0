import type { Attempt } from '../../model/attempt.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { attemptPrefix } from './keys.ts';
import { readBetween } from './mailbox-range.ts';
import { type DataTable, type Item, queryRange } from './table.ts';

/** Sorts above the keys of a subscription's attempts of a number, which end there or go on with "#", and below the next one's. */
const BEYOND = '$';
/** A record may be lost: a number without attempts ends the search only if the next one has none either. */
const MAX_LOST = 1;

/** Some subscriptions, by id: after `after`, up to and including `until`. */
interface Span {
  readonly after: string | null;
  readonly until: string | null;
}

const rangeOf = (number: number, { after, until }: Span) => ({
  from: after === null ? attemptPrefix(number, '') : attemptPrefix(number, after) + BEYOND,
  to: attemptPrefix(number, until ?? '~') + BEYOND,
});

/**
 * Return a page of the last attempts of an event's deliveries. The first attempts, which are sorted by subscription, say which deliveries
 * there are; one Query for each further number has the others of all deliveries of the page.
 *
 * @param partitions of the event, and of its event batch if it has one, which has only first attempts
 * @param opened returns the attempts of an item
 */
export async function lastAttempts(
  table: DataTable,
  partitions: readonly string[],
  eventId: string,
  { limit, cursor: after }: PageRequest,
  opened: (item: Item) => Promise<Attempt[]>,
): Promise<Page<Attempt>> {
  const pages = await Promise.all(
    partitions.map((partition) =>
      readBetween(table, partition, { ...rangeOf(1, { after, until: null }), limit }),
    ),
  );
  const [until = null] = pages
    .flatMap(({ cursor }) => (cursor === null ? [] : [subscriptionOf(cursor)]))
    .sort();
  const span: Span = { after, until };
  const firsts = await Promise.all(
    pages.map(async ({ items, cursor }, index) => {
      const partition = partitions[index] as string;
      // The last subscription may have more of them than the page.
      const isCut = cursor !== null && subscriptionOf(cursor) === until;
      const rest = isCut ? await queryRange(table, { partition, from: cursor, to: rangeOf(1, span).to }) : [];
      return [...items, ...rest].filter((item) => until === null || (item.subscriptionId as string) <= until);
    }),
  );
  const others = await laterItems(table, partitions[0] as string, span);
  const [together, alone] = [
    firsts.flat().filter(isShared),
    [...firsts.flat(), ...others].filter((item) => !isShared(item)),
  ];
  const found = await Promise.all([...together, ...lastOf(alone as LastItem[])].map(opened));
  const items = lastOf(found.flat().filter((attempt) => attempt.eventId === eventId));
  return { items: items.sort((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)), cursor: until };
}

type LastItem = Item & Pick<Attempt, 'subscriptionId' | 'number' | 'at'>;

/** Return whether an item has the attempts of an event batch for one subscription. */
const isShared = (item: Item): boolean => item.attempts !== undefined;

/** Return the last one for each subscription. */
function lastOf<Some extends Pick<Attempt, 'subscriptionId' | 'number' | 'at'>>(
  all: readonly Some[],
): Some[] {
  const last = new Map<string, Some>();
  for (const each of all) {
    const known = last.get(each.subscriptionId);
    if (known === undefined || isLater(each, known)) last.set(each.subscriptionId, each);
  }
  return [...last.values()];
}

/** Return the items of all attempts but the first ones, number by number, until there are none. Each step reads twice as many numbers. */
async function laterItems(table: DataTable, partition: string, span: Span): Promise<Item[]> {
  const found: Item[] = [];
  let number = 2;
  for (let atOnce = MAX_LOST + 1; ; atOnce *= 2) {
    const numbers = Array.from({ length: atOnce }, (_, index) => number + index);
    const read = await Promise.all(
      numbers.map((each) => queryRange(table, { partition, ...rangeOf(each, span) })),
    );
    found.push(...read.flat());
    if (read.slice(-MAX_LOST - 1).every((items) => items.length === 0)) return found;
    number += atOnce;
  }
}

const isLater = (a: Pick<Attempt, 'number' | 'at'>, b: Pick<Attempt, 'number' | 'at'>): boolean =>
  a.number === b.number ? a.at > b.at : a.number > b.number;

/** Return the subscription at which a page ended. */
const subscriptionOf = (cursor: string): string => (cursor.split('#')[2] ?? '').replace('\u0000', '');

import { ATTRIBUTE } from '../../contract.ts';
import { laterBy } from '../../kernel/time.ts';
import { REFERENCE_SPAN_MS } from '../../model/attempt-reference.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { type DigestedReference, toReferences } from './digest-items.ts';
import { comesFirst, type Placed, place } from './log-index.ts';
import { type DataTable, type Item, query, startAfter } from './table.ts';

const ORDER = 'newest first';
/** These sort below and above every sort key of a digest, which begins with a time. */
const FIRST = '0';
const LAST = '~';
const INDEX_DIGITS = 4;

export interface DigestRange {
  /** When the attempts were made, both ends inclusive, ISO 8601 UTC with milliseconds. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * Read a page of the references in one partition of digests. A cursor begins with a time: it is the position of a reference or
 * of an attempt, or the time of the last digest that was read, below which there may be references that were not.
 *
 * Digests sort by their newest reference. So those up to {@link REFERENCE_SPAN_MS} above the cursor are read again, however many
 * they are, and then at least one more: each page gets further.
 *
 * @param limit the number of digests to read at once
 * @param mayPass a filter on references
 */
export async function digestPage(
  table: DataTable,
  { partition, from = FIRST, to }: DigestRange & { readonly partition: string },
  { limit, cursor }: PageRequest,
  mayPass: (reference: DigestedReference) => boolean,
): Promise<Page<Placed<DigestedReference>>> {
  const [start, end] = [digestsUntil(cursor === null ? null : timeOf(cursor)), digestsUntil(to ?? null)];
  const top = start < end ? start : end;
  const found: Placed<DigestedReference>[] = [];
  if (from > top) return { items: found, cursor: null };
  let last: string | null = null;
  do {
    const page = await readDigests(table, { partition, from, to: top }, { limit, cursor: last });
    found.push(...page.items.flatMap(placed).filter(({ entry }) => mayPass(entry)));
    last = page.cursor;
  } while (last !== null && cursor !== null && timeOf(last) >= timeOf(cursor));
  return {
    items: cursor === null ? found : found.filter(({ position }) => comesFirst(cursor, position, ORDER)),
    cursor: last === null ? null : `${timeOf(last)}${LAST}`,
  };
}

/** Return the end of the range of the digests that may have references to attempts until a time. */
const digestsUntil = (time: string | null): string =>
  time === null ? LAST : `${laterBy(REFERENCE_SPAN_MS, time)}${LAST}`;

const readDigests = (
  table: DataTable,
  { partition, from, to }: { readonly partition: string; readonly from: string; readonly to: string },
  { limit, cursor }: PageRequest,
): Promise<Page<Item>> => {
  const { partitionKey, sortKey } = ATTRIBUTE;
  return query(table, { limit, cursor }, sortKey, {
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#pk': partitionKey, '#sk': sortKey },
    ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
    ScanIndexForward: false,
    ...startAfter(partition, { cursor }),
  });
};

/** Return the references of a digest in their places among those of all digests. */
function placed(digest: Item): Placed<DigestedReference>[] {
  const [, name] = (digest[ATTRIBUTE.sortKey] as string).split('#');
  return toReferences(digest).map((entry, index) => {
    const key = `${new Date(entry.at).toISOString()}#${name}${String(index).padStart(INDEX_DIGITS, '0')}`;
    // That of its oldest attempt.
    return { entry, position: place(key, 0) };
  });
}

/** Return the time with which a cursor or a sort key begins. */
const timeOf = (position: string): string => position.slice(0, ISO_LENGTH);

const ISO_LENGTH = new Date(0).toISOString().length;

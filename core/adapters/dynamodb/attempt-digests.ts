import type { Attempt } from '../../model/attempt.ts';
import { typeMark } from '../../model/attempt-reference.ts';
import type { AttemptDigests } from '../../ports/attempt-digests.ts';
import { type ProjectAttemptFilter, passesFilter } from '../../ports/attempt-log.ts';
import { filteredPage } from '../../ports/filtered-page.ts';
import type { PageRequest } from '../../ports/page.ts';
import { toAttempts } from './attempt-items.ts';
import { type DigestedReference, toDigests } from './digest-items.ts';
import { type DigestRange, digestPage } from './digest-page.ts';
import { DIGEST_SHARDS, KEY, PARTITION } from './keys.ts';
import { comesFirst, keyOf, mergePages, type Placed, place } from './log-index.ts';
import { ATTEMPT_SECRETS, withOpenBytes } from './sealed-values.ts';
import { type DataTable, getItems, type Item, isAlive, keyText } from './table.ts';
import { writeAll } from './write.ts';

const ORDER = 'newest first';
/** An invocation waits for the write at its end, when it may have little time left. */
const WRITE_TRIES = 3;
const OUTCOMES = ['success', 'failure'] as const;
/** The digests of a partition that are read at once. Busy ones have up to 60 references each, most have few. */
const DIGESTS_AT_ONCE = 50;

/**
 * Create the store of digests. A list finds references in digests, and reads the attempts that they refer to: so outcomes, next
 * attempts and erasures are as they are now, and what is gone is left out.
 */
export function attemptDigests(table: DataTable): AttemptDigests {
  /** Return the items that references refer to, by the texts of their keys. */
  const itemsOf = async (keys: readonly Item[]): Promise<ReadonlyMap<string, Item>> => {
    // Several references may refer to one item, and a request must not have a key twice.
    const distinct = [...new Map(keys.map((key) => [keyText(key), key])).values()];
    const items = distinct.length === 0 ? [] : await getItems(table, distinct);
    return new Map(items.filter((item) => isAlive(item, table)).map((item) => [keyText(item), item]));
  };

  /** Return the attempts of references that pass the filter, those of each reference newest first. */
  const attemptsOf = async (
    project: string,
    references: readonly Placed<DigestedReference>[],
    filter: ProjectAttemptFilter,
  ): Promise<Placed<Attempt>[]> => {
    const keys = references.map(({ entry }) => keyOfReferred(project, entry));
    const items = await itemsOf(keys);
    const found = references.map(async ({ entry, position }, index) => {
      const item = items.get(keyText(keys[index] as Item));
      if (item === undefined) return [];
      const attempts = toAttempts(await withOpenBytes(table, project, item, ATTEMPT_SECRETS));
      const placed = attempts.map((attempt, at) => ({
        entry: attempt,
        position: place(keyOf(position), at),
      }));
      // If an attempt was recorded again, another reference has its time.
      return placed.filter(({ entry: of }) => isOf(entry, of) && passesFilter(of, filter)).reverse();
    });
    return (await Promise.all(found)).flat();
  };

  return {
    async write(references) {
      const together = Map.groupBy(references, ({ project, outcome }) => `${project} ${outcome}`);
      await writeAll(
        table,
        [...together.values()].flatMap(toDigests).map((Item) => ({ PutRequest: { Item } })),
        WRITE_TRIES,
      );
    },

    async list(project, page, filter = {}) {
      const { outcome, type, subscription, since, until } = filter;
      const partitions = OUTCOMES.filter((one) => one === (outcome ?? one)).flatMap((one) =>
        Array.from({ length: DIGEST_SHARDS }, (_, shard) => PARTITION.attemptDigests(project, one, shard)),
      );
      const range: DigestRange = {
        ...(since !== undefined && { from: since }),
        ...(until !== undefined && { to: until }),
      };
      const mark = type === undefined ? undefined : typeMark(type);
      const mayPass = (reference: DigestedReference) =>
        reference.subscriptionId === (subscription ?? reference.subscriptionId) &&
        (mark === undefined || reference.types.includes(mark)) &&
        (since === undefined || iso(reference.at) >= since) &&
        (until === undefined || iso(reference.from) <= until);
      const read = async (part: PageRequest) => {
        const pages = await Promise.all(
          partitions.map((partition) => digestPage(table, { partition, ...range }, part, mayPass)),
        );
        const { items, cursor } = mergePages(pages, page.limit, ORDER);
        const attempts = await attemptsOf(project, items, filter);
        const shown = part.cursor;
        return {
          items: attempts.filter(({ position }) => shown === null || comesFirst(shown, position, ORDER)),
          cursor,
        };
      };
      const atOnce = Math.max(page.limit, DIGESTS_AT_ONCE);
      const { items, cursor } = await filteredPage(page, read, ({ position }) => position, atOnce);
      return { items: [...new Map(items.map(({ entry }) => [entry.id, entry])).values()], cursor };
    },
  };
}

const iso = (at: number) => new Date(at).toISOString();

const isOf = ({ at, from }: DigestedReference, attempt: Attempt): boolean => {
  const time = Date.parse(attempt.at);
  return from <= time && time <= at;
};

/** Return the key of the item that a reference refers to. */
function keyOfReferred(project: string, { place: where, subscriptionId }: DigestedReference): Item {
  if ('eventBatch' in where)
    return KEY.eventBatchAttempts(project, { id: where.eventBatch, part: where.part }, subscriptionId);
  return KEY.attempt(project, where.eventId, subscriptionId, where.number, where.replayId);
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import {
  type AttemptPlace,
  type AttemptReference,
  REFERENCE_SPAN_MS,
} from '../../model/attempt-reference.ts';
import { DIGEST_SHARDS, KEY } from './keys.ts';
import { type Item, toTimeToLive, WRITE_UNIT_BYTES } from './table.ts';

/** Tell digests apart whose newest attempts were made in the same millisecond. */
const NAME_CHARACTERS = 8;
/** DynamoDB counts at most this much for a time to live. */
const TIME_TO_LIVE_BYTES = 8;
/** More rarely fit, and trying takes time. */
const MAX_REFERENCES = 400;

/** Return the digests of references to attempts of one project with one outcome: as few items of one write unit as possible. */
export function toDigests(references: readonly AttemptReference[]): Item[] {
  const items: Item[] = [];
  let left = references.toSorted((a, b) => b.at - a.at);
  for (let [newest] = left; newest !== undefined; [newest] = left) {
    const oldest = newest.at - REFERENCE_SPAN_MS;
    const close = left.slice(0, MAX_REFERENCES).filter(({ from }) => from >= oldest);
    const shard = Math.floor(Math.random() * DIGEST_SHARDS);
    const keyOf = (name: string) => KEY.attemptDigest(newest, shard, name.slice(0, NAME_CHARACTERS));
    const bytes = WRITE_UNIT_BYTES - bytesWithout(keyOf('-'.repeat(NAME_CHARACTERS)));
    const { count, packed } = packMost(close, bytes);
    const taken = close.slice(0, count);
    items.push({
      ...keyOf(shortHash(JSON.stringify(taken))),
      [ATTRIBUTE.timeToLive]: toTimeToLive(Math.max(...taken.map(({ expiresAt }) => expiresAt))),
      references: packed,
    });
    const isTaken = new Set(taken);
    left = left.filter((reference) => !isTaken.has(reference));
  }
  return items;
}

/** DynamoDB counts the names of attributes as well. */
const bytesWithout = (key: Item): number =>
  Buffer.byteLength([...Object.entries(key).flat(), ATTRIBUTE.timeToLive, 'references'].join('')) +
  TIME_TO_LIVE_BYTES;

/** Pack as many references as fit into so many bytes, but at least one: more references of a list take more bytes. */
function packMost(references: readonly AttemptReference[], bytes: number) {
  let [fits, tooMany] = [1, references.length + 1];
  let packed = pack(references.slice(0, 1));
  for (let count = references.length; tooMany - fits > 1; count = Math.floor((fits + tooMany) / 2)) {
    const tried = pack(references.slice(0, count));
    if (tried.length <= bytes) [fits, packed] = [count, tried];
    else tooMany = count;
  }
  return { count: fits, packed };
}

/**
 * References as columns, because values of a kind compress best beside each other. What repeats is in a list of its own, and
 * referred to by its distance from that list's end at that time, 0 for the next one: whether most values are new or most repeat,
 * most distances are the same digit.
 */
interface Columns {
  /** Of events and event batches. */
  readonly names: string[];
  readonly nameAt: number[];
  readonly subscriptions: string[];
  readonly subscriptionAt: number[];
  /** Joined by commas. */
  readonly types: string[];
  readonly typesAt: number[];
  /** Milliseconds before the reference before. */
  readonly ages: number[];
  /** The number of an attempt that is stored alone, 0 for those of an event batch. */
  readonly numbers: number[];
  /** The replays of some references, by their indexes. */
  readonly replays: [index: number, id: string][];
  /** The parts of event batches, and how far their oldest attempts are from the newest. */
  readonly parts: [part: string, span: number][];
}

const ORDER = [
  ...(['names', 'subscriptions', 'types', 'parts', 'replays'] as const),
  ...(['nameAt', 'subscriptionAt', 'typesAt', 'numbers', 'ages'] as const),
] satisfies (keyof Columns)[];

/** Text that most digests contain. Never change it: digests that were compressed with it cannot be read without it. */
const DICTIONARY = Buffer.from(
  '"lot_01","evt_01","],["sub_01"],[""],[],[],[0,0,0,0,0,0,0,0],[1,1,1,1,1,1,1,1],[0,1,0,1]]',
);

function pack(newestFirst: readonly AttemptReference[]): Uint8Array {
  const [names, subscriptions, types] = [new Map(), new Map(), new Map()];
  const rows = { nameAt: [], subscriptionAt: [], typesAt: [], ages: [], numbers: [], replays: [], parts: [] };
  const columns: Omit<Columns, 'names' | 'subscriptions' | 'types'> = rows;
  let last = newestFirst[0]?.at ?? 0;
  for (const [index, { place, at, from, ...said }] of newestFirst.entries()) {
    columns.nameAt.push(distance(names, 'eventId' in place ? place.eventId : place.eventBatch));
    columns.subscriptionAt.push(distance(subscriptions, said.subscriptionId));
    columns.typesAt.push(distance(types, said.types.join()));
    columns.ages.push(last - at);
    last = at;
    columns.numbers.push('eventId' in place ? place.number : 0);
    if (!('eventId' in place)) columns.parts.push([place.part, at - from]);
    else if (place.replayId !== undefined) columns.replays.push([index, place.replayId]);
  }
  const all: Columns = {
    ...columns,
    names: [...names.keys()],
    subscriptions: [...subscriptions.keys()],
    types: [...types.keys()],
  };
  const text = JSON.stringify(ORDER.map((name) => all[name]));
  return deflateRawSync(text, { dictionary: DICTIONARY, level: 9 });
}

function distance(known: Map<string, number>, value: string): number {
  const index = known.get(value);
  if (index !== undefined) return known.size - index;
  known.set(value, known.size);
  return 0;
}

/** A reference as its digest tells it: the digest's partition has the project and the outcome. */
export type DigestedReference = Omit<AttemptReference, 'project' | 'outcome' | 'expiresAt'>;

/** Return the references of a digest, the newest first. */
export function toReferences(item: Item): DigestedReference[] {
  const text = inflateRawSync(item.references as Uint8Array, { dictionary: DICTIONARY }).toString();
  const values = JSON.parse(text) as Columns[keyof Columns][];
  const columns = Object.fromEntries(ORDER.map((name, index) => [name, values[index]])) as unknown as Columns;
  const names = reader(columns.names);
  const subscriptions = reader(columns.subscriptions);
  const types = reader(columns.types);
  const replays = new Map(columns.replays);
  const parts = columns.parts.values();
  let at = Date.parse((item[ATTRIBUTE.sortKey] as string).split('#')[0] ?? '');
  return columns.numbers.map((number, index) => {
    at -= columns.ages[index] ?? 0;
    const name = names(columns.nameAt[index]);
    const said = {
      at,
      subscriptionId: subscriptions(columns.subscriptionAt[index]),
      types: types(columns.typesAt[index]).split(','),
    };
    if (number === 0) {
      const [part, span] = parts.next().value ?? ['', 0];
      return { ...said, from: at - span, place: { eventBatch: name, part } };
    }
    const replayId = replays.get(index);
    const place: AttemptPlace = { eventId: name, number, ...(replayId !== undefined && { replayId }) };
    return { ...said, from: at, place };
  });
}

/** Return a decoder for the results of {@link distance}, in their order. */
function reader(known: readonly string[]) {
  let read = 0;
  return (back = 0): string => known[back === 0 ? read++ : read - back] ?? '';
}

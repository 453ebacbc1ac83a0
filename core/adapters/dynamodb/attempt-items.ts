import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import { type Attempt, attemptId } from '../../model/attempt.ts';
import { type AttemptReference, byReference, referenceTo, typeMarks } from '../../model/attempt-reference.ts';
import type { EventBatchPart } from '../../model/delivery.ts';
import { erasedAttempt, erasedExchange, isErasedAttempt } from '../../model/erased-event.ts';
import type { LastAttempt, RecordedAttempt } from '../../ports/attempt-log.ts';
import {
  type AttemptPayload,
  packPayload,
  packWhole,
  packWholePayload,
  packWithin,
  payloadOf,
  type Tell,
  unpack,
  unpackPayload,
} from './attempt-payload.ts';
import { attemptLogPartition, KEY, projectOfEvents } from './keys.ts';
import { type Item, toTimeToLive, WRITE_UNIT_BYTES } from './table.ts';

/** DynamoDB counts a little more than names and values. */
const ROUNDING_BYTES = 24;
/** The characters of a detail that are kept beside a request and a response. */
const MAX_DETAIL = 100;
/** Without a request, the detail is all that tells what happened. */
const MAX_DETAIL_ALONE = 400;
/** The exchange of a request that was not made gets this many bytes, enough for the beginning of its URL. */
const EMPTY_EXCHANGE_BYTES = 130;

/** So many fit because the attempts of an event batch have mostly the same headers, which compress well. */
const ATTEMPTS_PER_WRITE_UNIT = 5;

/** Return the bytes that write units leave for one more attribute of an item. */
const budgetFor = (name: string, item: Item, reserved: number, units = 1) =>
  units * WRITE_UNIT_BYTES -
  ROUNDING_BYTES -
  reserved -
  Buffer.byteLength(JSON.stringify(item)) -
  name.length;

export interface AttemptItems {
  /** One item for each attempt, and one for the attempts of a part of an event batch. */
  readonly items: readonly Item[];
  readonly references: readonly AttemptReference[];
  /** The attempts of whose exchanges something is left out. */
  readonly cut: ReadonlySet<RecordedAttempt>;
}

/** @param reserved the bytes that sealing will add to each item */
export function toItems(attempts: readonly RecordedAttempt[], reserved: number): AttemptItems {
  const cut = new Set<RecordedAttempt>();
  const packing: Packing = {
    reserved,
    tellFor: (attempt) => (leftOut) => {
      cut.add(attempt);
      return tellLeftOut(attempt, leftOut);
    },
  };
  const parts = new Map<string, [RecordedAttempt, ...RecordedAttempt[]]>();
  for (const attempt of attempts) {
    const { id, eventBatch, subscriptionId } = attempt;
    const name = eventBatch === undefined ? id : `${eventBatch.id} ${eventBatch.part} ${subscriptionId}`;
    const others = parts.get(name);
    if (others === undefined) parts.set(name, [attempt]);
    else others.push(attempt);
  }
  const stored = [...parts.values()].map((together) => {
    const [first] = together;
    return first.eventBatch === undefined || together.length === 1
      ? { item: toItem(first, packing), references: [referenceTo(first)] }
      : toEventBatchItem(first.eventBatch, together, packing);
  });
  return {
    items: stored.map(({ item }) => item),
    references: stored.flatMap(({ references }) => references),
    cut,
  };
}

function tellLeftOut({ log, compactBecause }: RecordedAttempt, leftOut: string): string {
  if (log === 'full') return `the list leaves out ${leftOut}`;
  return compactBecause === undefined
    ? `left out: ${leftOut}`
    : `left out because ${compactBecause}: ${leftOut}`;
}

/** Return the item of an exchange in full. The log index does not have it, and only who opens its attempt reads it. */
export function toExchangeItem({ project, eventId, id, expiresAt, ...attempt }: RecordedAttempt): Item {
  return {
    ...KEY.exchange(project, eventId, id),
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    exchange: packWholePayload(payloadOf(attempt)),
  };
}

/** Return the exchange of an item that has one in full. */
export const toExchange = (item: Item): AttemptPayload => unpackPayload(item.exchange as Uint8Array);

interface Packing {
  /** The bytes that sealing will add to an item. */
  readonly reserved: number;
  /** Return what tells the reader of the compact form of an attempt what it leaves out. */
  readonly tellFor: (attempt: RecordedAttempt) => Tell;
}

/** Return the item of one attempt, which fits into one write unit. */
function toItem(recorded: RecordedAttempt, { reserved, tellFor }: Packing): Item {
  const { request, redirects, response, traceId, project, expiresAt, replay, detail, ...others } = recorded;
  const { eventBatch: _, log: _log, compactBecause: _why, ...attempt } = others;
  const { eventId, subscriptionId, number, at } = attempt;
  const known = {
    ...KEY.attempt(project, eventId, subscriptionId, number, replay?.id),
    [ATTRIBUTE.logPartitionKey]: attemptLogPartition(subscriptionId, eventId),
    [ATTRIBUTE.logSortKey]: `${at}#${eventId}#${number}${replay?.id ?? ''}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    ...attempt,
    ...(replay !== undefined && { requestedAt: replay.requestedAt }),
  };
  const room = budgetFor('detail', known, reserved + EMPTY_EXCHANGE_BYTES);
  const shown = attempt.error === 'render' ? withinBytes(detail ?? '', MAX_DETAIL_ALONE, room) : '';
  const item = {
    ...known,
    ...(detail !== undefined && { detail: shown.length > MAX_DETAIL ? shown : detail.slice(0, MAX_DETAIL) }),
  };
  return {
    ...item,
    exchange: packPayload(payloadOf({ request, redirects, response, traceId }), tellFor(recorded), {
      budget: budgetFor('exchange', item, reserved),
      withDictionary: reserved > 0,
    }),
  };
}

/** Return the beginning of a text: at most so many characters, and so many bytes as JSON. */
function withinBytes(text: string, length: number, bytes: number): string {
  let shown = text.slice(0, length);
  while (shown !== '' && Buffer.byteLength(JSON.stringify(shown)) > bytes)
    shown = shown.slice(0, Math.floor(shown.length * 0.9));
  return shown.toWellFormed();
}

/** Return the item of first attempts that all succeeded. It stores only once what they have in common. */
function toEventBatchItem(
  { id: eventBatch }: EventBatchPart,
  attempts: readonly [RecordedAttempt, ...RecordedAttempt[]],
  { reserved, tellFor }: Packing,
): { readonly item: Item; readonly references: readonly AttemptReference[] } {
  const oldestFirst = attempts.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const [{ project, subscriptionId }] = attempts;
  // Named by its events: if the message is handled again, the same attempts overwrite their item, and others do not.
  const part = shortHash(...attempts.map(({ eventId }) => eventId).sort());
  const item = {
    ...KEY.eventBatchAttempts(project, { id: eventBatch, part }, subscriptionId),
    [ATTRIBUTE.logPartitionKey]: attemptLogPartition(subscriptionId, eventBatch),
    [ATTRIBUTE.logSortKey]: `${oldestFirst.at(-1)?.at}#${eventBatch}${part}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(Math.max(...attempts.map(({ expiresAt }) => expiresAt))),
    subscriptionId,
    outcome: 'success',
  };
  const units = Math.ceil(attempts.length / ATTEMPTS_PER_WRITE_UNIT);
  const options = { budget: budgetFor('attempts', item, reserved, units), withDictionary: reserved > 0 };
  const packed = packWithin(options, (cut) =>
    oldestFirst.map((attempt): PackedAttempt => {
      const { eventId, eventType, at, durationMs } = attempt;
      return { eventId, eventType, at, durationMs, ...cut(payloadOf(attempt), tellFor(attempt)) };
    }),
  );
  const references = byReference(oldestFirst).map((group): AttemptReference => {
    const [from, at] = [group[0], group.at(-1) ?? group[0]].map(({ at }) => Date.parse(at)) as [
      number,
      number,
    ];
    const expiresAt = Math.max(...group.map((attempt) => attempt.expiresAt));
    const said = { project, subscriptionId, outcome: 'success', types: typeMarks(group) } as const;
    return { ...said, at, from, expiresAt, place: { eventBatch, part } };
  });
  return { item: { ...item, attempts: packed }, references };
}

type PackedAttempt = Pick<Attempt, 'eventId' | 'eventType' | 'at' | 'durationMs' | keyof AttemptPayload>;

/** Return the attempt of an item, or the attempts of an event batch's item, oldest first. */
export function toAttempts(item: Item): Attempt[] {
  if (item.attempts === undefined) return [toAttempt(item)];
  const project = projectOfEvents(item[ATTRIBUTE.partitionKey] as string);
  const subscriptionId = item.subscriptionId as string;
  return (unpack(item.attempts as Uint8Array) as PackedAttempt[]).map(
    ({ eventId, eventType, at, durationMs, request, redirects, response, traceId }) => ({
      id: attemptId({ event: { project, id: eventId }, subscriptionId, number: 1 }),
      ...{ eventId, eventType, subscriptionId, number: 1, trigger: 'event', at, durationMs },
      ...(redirects !== undefined && { redirects }),
      ...(traceId !== undefined && { traceId }),
      ...{ request, response, outcome: 'success', error: null, nextAttemptAt: null },
    }),
  );
}

/**
 * Return the attributes that an item has when what it says of an event is erased; null if nothing is left to erase.
 *
 * @param withDictionary as in {@link packPayload}
 */
export function erasedAttributes(item: Item, eventId: string, withDictionary: boolean): Item | null {
  if (item.attempts === undefined) {
    const attempt = toAttempt(item);
    if (isErasedAttempt(attempt) && item.nextAttemptAt === null) return null;
    const exchange = packWhole(payloadOf(erasedAttempt(attempt)), withDictionary);
    // A later record of the attempt replaces the item, so `erased` is true only of what was erased.
    return { exchange, nextAttemptAt: null, erased: true };
  }
  const packed = unpack(item.attempts as Uint8Array) as PackedAttempt[];
  const isLeft = (attempt: PackedAttempt) => attempt.eventId === eventId && !isErasedAttempt(attempt);
  if (!packed.some(isLeft)) return null;
  const attempts = packed.map(({ redirects, ...attempt }): PackedAttempt => {
    const whole = { ...attempt, ...(redirects !== undefined && { redirects }) };
    return isLeft(whole) ? { ...attempt, ...erasedExchange(attempt) } : whole;
  });
  return { attempts: packWhole(attempts, withDictionary) };
}

function toAttempt(item: Item): Attempt {
  const { id, eventId, eventType, subscriptionId, number, trigger, at, durationMs } = item;
  const { outcome, error, detail, nextAttemptAt } = item;
  return {
    ...{ id, eventId, eventType, subscriptionId, number, trigger, at, durationMs },
    ...unpackPayload(item.exchange as Uint8Array),
    ...{ outcome, error },
    ...(detail !== undefined && { detail }),
    nextAttemptAt,
  } as Attempt;
}

/** Return the last attempt from an item with one attempt. */
export function toLast({ number, at, outcome, nextAttemptAt, requestedAt = null }: Item): LastAttempt {
  return { number, at, outcome, nextAttemptAt, requestedAt } as LastAttempt;
}

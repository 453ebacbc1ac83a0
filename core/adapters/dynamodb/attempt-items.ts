import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import { type Attempt, attemptId } from '../../model/attempt.ts';
import type { EventBatchPart } from '../../model/delivery.ts';
import type { LastAttempt, RecordedAttempt } from '../../ports/attempt-log.ts';
import { packPayload, packWithin, unpack, unpackPayload } from './attempt-payload.ts';
import { attemptLogPartition, KEY, projectOfEvents } from './keys.ts';
import { type Item, toTimeToLive } from './table.ts';

const WRITE_UNIT_BYTES = 1024;
/** DynamoDB counts a little more than names and values. */
const ROUNDING_BYTES = 24;
const MAX_DETAIL = 100;

/** So many fit because the attempts of an event batch have mostly the same headers, which compress well. */
export const ATTEMPTS_PER_WRITE_UNIT = 5;

/** Return the bytes that write units leave for one more attribute of an item. */
const budgetFor = (name: string, item: Item, reserved: number, units = 1) =>
  units * WRITE_UNIT_BYTES -
  ROUNDING_BYTES -
  reserved -
  Buffer.byteLength(JSON.stringify(item)) -
  name.length;

/**
 * Return one item for each attempt, and one for the attempts of a part of an event batch.
 *
 * @param reserved the bytes that sealing will add to each
 */
export function toItems(attempts: Iterable<RecordedAttempt>, reserved = 0): Item[] {
  const parts = new Map<string, [RecordedAttempt, ...RecordedAttempt[]]>();
  for (const attempt of attempts) {
    const { id, eventBatch, subscriptionId } = attempt;
    const name = eventBatch === undefined ? id : `${eventBatch.id} ${eventBatch.part} ${subscriptionId}`;
    const others = parts.get(name);
    if (others === undefined) parts.set(name, [attempt]);
    else others.push(attempt);
  }
  return [...parts.values()].map((together) => {
    const [{ eventBatch, ...first }] = together;
    return eventBatch === undefined || together.length === 1
      ? toItem(first, reserved)
      : toEventBatchItem(eventBatch, together, reserved);
  });
}

/** Return the item of one attempt, which fits into one write unit. */
function toItem(recorded: Omit<RecordedAttempt, 'eventBatch'>, reserved: number): Item {
  const { request, redirects, response, project, expiresAt, replay, detail, ...attempt } = recorded;
  const payload = { request, ...(redirects !== undefined && { redirects }), response };
  const { eventId, subscriptionId, number, at } = attempt;
  const item = {
    ...KEY.attempt(project, eventId, subscriptionId, number, replay?.id),
    [ATTRIBUTE.logPartitionKey]: attemptLogPartition(subscriptionId, eventId),
    [ATTRIBUTE.logSortKey]: `${at}#${eventId}#${number}${replay?.id ?? ''}`,
    [ATTRIBUTE.timeToLive]: toTimeToLive(expiresAt),
    ...attempt,
    ...(replay !== undefined && { requestedAt: replay.requestedAt }),
    ...(detail !== undefined && { detail: detail.slice(0, MAX_DETAIL) }),
  };
  return {
    ...item,
    exchange: packPayload(payload, budgetFor('exchange', item, reserved), reserved > 0),
  };
}

/** Return the item of first attempts that all succeeded. It stores only once what they have in common. */
function toEventBatchItem(
  { id: eventBatch }: EventBatchPart,
  attempts: readonly [RecordedAttempt, ...RecordedAttempt[]],
  reserved: number,
): Item {
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
  const packed = packWithin(budgetFor('attempts', item, reserved, units), reserved > 0, (cut) =>
    oldestFirst.map(
      ({ eventId, eventType, at, durationMs, request, redirects, response }): PackedAttempt => ({
        ...{ eventId, eventType, at, durationMs },
        ...cut({ request, ...(redirects !== undefined && { redirects }), response }),
      }),
    ),
  );
  return { ...item, attempts: packed };
}

type PackedAttempt = Pick<
  Attempt,
  'eventId' | 'eventType' | 'at' | 'durationMs' | 'request' | 'redirects' | 'response'
>;

/** Return the attempt of an item, or the attempts of an event batch's item, oldest first. */
export function toAttempts(item: Item): Attempt[] {
  if (item.attempts === undefined) return [toAttempt(item)];
  const project = projectOfEvents(item[ATTRIBUTE.partitionKey] as string);
  const subscriptionId = item.subscriptionId as string;
  return (unpack(item.attempts as Uint8Array) as PackedAttempt[]).map(
    ({ eventId, eventType, at, durationMs, request, redirects, response }) => ({
      id: attemptId({ event: { project, id: eventId }, subscriptionId, number: 1 }),
      ...{ eventId, eventType, subscriptionId, number: 1, trigger: 'event', at, durationMs },
      ...(redirects !== undefined && { redirects }),
      ...{ request, response, outcome: 'success', error: null, nextAttemptAt: null },
    }),
  );
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

import * as z from 'zod';
import { TooLargeError, ValidationError } from './errors.ts';
import { eventTypeSchema } from './event-type.ts';
import { shortHash } from './ids.ts';
import { type JsonText, membersOf, objectText, toJsonText } from './json-text.ts';
import { isOwnType, OWN_PREFIX } from './own-event.ts';
import { plainText } from './plain-text.ts';
import { type CompanyId, companyIdSchema, type Project } from './project.ts';
import { validate } from './validate.ts';

/** One published occurrence. `data`, `actor` and `changes` are kept as the publisher wrote them. */
export interface Event {
  readonly project: string;
  /** The idempotency key: the publisher's, or ours. */
  readonly id: string;
  readonly type: string;
  /** When it happened, ISO 8601 UTC. */
  readonly time: string;
  /** When Ancrage took it, ISO 8601 UTC. */
  readonly acceptedAt: string;
  /** When the project's retention ends, for the event and its attempts, in milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly data: JsonText;
  readonly actor?: JsonText;
  readonly changes?: JsonText;
  readonly companyId?: CompanyId;
  /** CloudEvents' `source` or EventBridge's: with it, an id need only be unique within the source. */
  readonly source?: string;
  /** Stored, and delivered to nobody. */
  readonly suppress?: boolean;
}

/** What a publisher sends, in the native form (`POST …/events`, or the queue's body without `project`). */
export interface PublishedEvent extends Omit<Event, 'project' | 'id' | 'time' | 'acceptedAt' | 'expiresAt'> {
  readonly id?: string;
  readonly time?: string;
}

const DAY_MS = 86_400_000;

/** What a project makes of a published event that it took at this time (milliseconds since the epoch). */
export function acceptedEvent(
  published: PublishedEvent,
  project: Project,
  id: string,
  takenAt: number,
): Event {
  const acceptedAt = new Date(takenAt).toISOString();
  const expiresAt = takenAt + project.retentionDays * DAY_MS;
  return { ...published, project: project.id, id, time: published.time ?? acceptedAt, acceptedAt, expiresAt };
}

/** Of an event as its publisher sends it over HTTPS. */
export const MAX_EVENT_BYTES = 256 * 1024;
/**
 * Of an event as the queue carries it, with the id, the time and the changes that were added on the way: what fits
 * into the 400 KB of a DynamoDB item even if nothing of it can be compressed.
 */
export const MAX_CARRIED_BYTES = 384 * 1024;

export const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: ({ input }) => (input === undefined ? 'is required' : 'is not an object') },
);

export const eventIdSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'has control characters');

/** What a publisher sends. */
export const publishedEventSchema = z.strictObject({
  type: eventTypeSchema,
  data: jsonObject,
  id: eventIdSchema.optional(),
  time: z.iso.datetime({ offset: true }).refine(isBeforeYear10000, 'is beyond the year 9999').optional(),
  actor: z
    .strictObject({
      id: z.union([plainText(), z.number()]).optional(),
      name: plainText().optional(),
      email: plainText().optional(),
    })
    .optional(),
  changes: z.record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() })).optional(),
  previous: jsonObject.optional(),
  companyId: companyIdSchema.optional(),
  source: plainText().min(1).max(1024).optional(),
  suppress: z.boolean().optional(),
});

/** Later times have no ISO form of four digits, as the receivers of `timestamp` expect it. */
export function isBeforeYear10000(time: string): boolean {
  const at = Date.parse(time);
  return Number.isNaN(at) || at < Date.UTC(10_000, 0);
}

/**
 * Reads a publisher's event. `mayBeOwn`: it may be of a reserved type, for it is ours.
 *
 * @throws ValidationError with every fault
 */
export function readPublishedEvent(text: JsonText, mayBeOwn = false): PublishedEvent {
  const checked = validate(publishedEventSchema, JSON.parse(text));
  if (!mayBeOwn && isOwnType(checked.type)) {
    throw ValidationError.of([{ path: 'type', message: `starts with "${OWN_PREFIX}", which is reserved` }]);
  }
  const members = membersOf(text);
  const data = members.get('data') as JsonText;
  const previous = members.get('previous');
  const changes = members.get('changes') ?? (previous && changesBetween(previous, data));
  const actor = members.get('actor');
  return {
    type: checked.type,
    data,
    ...(checked.id !== undefined && { id: checked.id }),
    ...(checked.time !== undefined && { time: new Date(checked.time).toISOString() }),
    ...(actor && { actor }),
    ...(changes && { changes }),
    ...(checked.companyId !== undefined && { companyId: checked.companyId }),
    ...(checked.source !== undefined && { source: checked.source }),
    ...(checked.suppress && { suppress: true }),
  };
}

/** @throws TooLargeError */
export function refuseLargerThan(maxBytes: number, text: string): void {
  if (Buffer.byteLength(text) > maxBytes)
    throw new TooLargeError(`The event has more than ${maxBytes / 1024} KB.`);
}

/** `{FIELD: {"from", "to"}}` of the fields that differ in their text; a field that is missing on one side is null. */
function changesBetween(previous: JsonText, current: JsonText): JsonText {
  const before = membersOf(previous);
  const after = membersOf(current);
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
  const missing = 'null' as JsonText;
  // Written as text, since an object would put integer-like fields first.
  const texts = fields.map(
    (key) =>
      `${toJsonText(key)}:${objectText({ from: before.get(key) ?? missing, to: after.get(key) ?? missing })}`,
  );
  return `{${texts.join(',')}}` as JsonText;
}

/**
 * The event's JSON text: for messages between our own functions, as the stored form, and (before it is accepted) as
 * the native form that the events queue takes.
 */
export function eventText(event: Event | (PublishedEvent & Pick<Event, 'project'>)): JsonText {
  const { data, actor, changes, ...plain } = event;
  return `${toJsonText(plain).slice(0, -1)},${objectText({ data, actor, changes }).slice(1)}` as JsonText;
}

const AS_TEXT = new Set(['data', 'actor', 'changes']);

/** Reads back what {@link eventText} wrote. */
export function readEventText(text: JsonText): Event {
  const entries = [...membersOf(text)].map(([key, member]) => [
    key,
    AS_TEXT.has(key) ? member : JSON.parse(member),
  ]);
  return Object.fromEntries(entries) as Event;
}

/**
 * The event's id as a header carries it. Standard Webhooks signs `id.timestamp.body`, so an id with a dot could be
 * read in two ways (specification, "Signature scheme"); such an id, or one with other unsafe characters, is hashed.
 */
export function webhookId(event: Event): string {
  return /^[A-Za-z0-9_-]{1,128}$/.test(event.id) ? event.id : `evt_${shortHash(event.id)}`;
}

import { TooLargeError } from '../kernel/errors.ts';
import { shortHash } from '../kernel/ids.ts';
import { extendedText, type JsonText, membersOf } from '../kernel/json-text.ts';
import type { CompanyId, Project } from './project.ts';

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
  /**
   * The id of the event batch that it was fanned out with: events of a project that arrived in one batch of records and
   * were accepted within {@link EVENT_BATCH_SPAN_MS}. The events of an event batch that a subscription gets travel in one
   * message, and the first attempts that succeed share one item. An event that arrived alone has none.
   */
  readonly eventBatch?: string;
}

/** What a publisher sends, in the native form (`POST …/events`, or the queue's body without `project`). */
export interface PublishedEvent
  extends Omit<Event, 'project' | 'id' | 'time' | 'acceptedAt' | 'expiresAt' | 'eventBatch'> {
  readonly id?: string;
  readonly time?: string;
}

/** The longest time between the acceptance of an event batch's first and last event. */
export const EVENT_BATCH_SPAN_MS = 10_000;

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

/** @throws TooLargeError */
export function refuseLargerThan(maxBytes: number, text: string): void {
  if (Buffer.byteLength(text) > maxBytes)
    throw new TooLargeError(`The event has more than ${maxBytes / 1024} KB.`);
}

/** An event is written to the table and to the messages of all its deliveries. */
const texts = new WeakMap<object, JsonText>();

/**
 * Return the event's JSON text: the form of messages between our own functions, the stored form, and (before the event is
 * accepted) the native form that the events queue takes. In it, an event batch is a `lot`.
 */
export function eventText(event: Event | (PublishedEvent & Pick<Event, 'project'>)): JsonText {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const { data, actor, changes, eventBatch: lot, ...plain }: Partial<Event> = event;
  const text = extendedText({ ...plain, lot }, { data, actor, changes });
  texts.set(event, text);
  return text;
}

const AS_TEXT = new Set(['data', 'actor', 'changes']);

/** Read what {@link eventText} wrote. */
export function readEventText(text: JsonText): Event {
  const entries = [...membersOf(text)].map(([key, member]) => [
    key === 'lot' ? 'eventBatch' : key,
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

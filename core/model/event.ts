import { DAY_MS } from '../kernel/clock.ts';
import { TooLargeError } from '../kernel/errors.ts';
import { shortHash } from '../kernel/ids.ts';
import { extendedText, type JsonText, membersOf } from '../kernel/json-text.ts';
import type { EventOrder } from './event-order.ts';
import type { CompanyId, Project } from './project.ts';
import type { TraceContext } from './trace-context.ts';

/** One published occurrence. `data`, `actor` and `changes` are kept as the publisher wrote them. */
export interface Event {
  readonly project: string;
  /** The idempotency key, chosen by the publisher or generated. */
  readonly id: string;
  readonly type: string;
  /** When it happened, ISO 8601 UTC. */
  readonly time: string;
  /** When Ancrage accepted it, ISO 8601 UTC. */
  readonly acceptedAt: string;
  /** When the project's retention ends, for the event and its attempts, in milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly data: JsonText;
  readonly actor?: JsonText;
  readonly changes?: JsonText;
  readonly companyId?: CompanyId;
  /** The `source` of CloudEvents or EventBridge. An id need only be unique within its source. */
  readonly source?: string;
  /** The publisher's own id, if `id` is derived from it and the source. See `writtenEvent`. */
  readonly publisherId?: string;
  /** The other attributes of a CloudEvent as it was published, in an object. Only CloudEvents have it. */
  readonly cloudEvent?: JsonText;
  /** How the data of a CloudEvent was published; absent if as `data`. */
  readonly dataForm?: DataForm;
  /** Whether it is only stored and not delivered. */
  readonly suppress?: boolean;
  /** Strictly ordered subscriptions get the events of a key one after the other. Events without one share one. */
  readonly orderingKey?: string;
  /** Its place in the order of events; absent if that is the time of acceptance. See {@link EventOrder}. */
  readonly order?: EventOrder;
  /**
   * The id of the event batch that it was fanned out with: events of a project that arrived in one batch of records and
   * were accepted within {@link EVENT_BATCH_SPAN_MS}. The events of an event batch that a subscription gets travel in one
   * message, and the first attempts that succeed share one item. An event that arrived alone has none.
   */
  readonly eventBatch?: string;
  /** How often something that led to it was delivered; absent if never. See `hopsOf`. */
  readonly hops?: number;
  /** The trace that its publication belongs to; absent if to none. */
  readonly trace?: TraceContext;
  /** Set if its data was erased: then it is suppressed, too, which versions without erasure understand. See `erasedEvent`. */
  readonly erased?: Erased;
}

/** The erasure of an event's data. */
export interface Erased {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The subscriptions whose deliveries ended because of it. */
  readonly undelivered: readonly string[];
  /**
   * Set if only its large body is gone, because the table was restored to a moment before the erasure, which is then to be repeated.
   * `at` is when that was noticed. Never stored.
   */
  readonly partly?: boolean;
}

/**
 * How the data of a CloudEvent was published, unless as `data`. `none`: there was none, and `data` is an empty object. `base64`:
 * in base64, and `data` is that text. `json in base64`: it was JSON, and `data` is its value.
 */
export const DATA_FORMS = ['none', 'base64', 'json in base64'] as const;
type DataForm = (typeof DATA_FORMS)[number];

/** An event as its publisher sends it in the native form (`POST …/events`, or a queue message without `project`). */
export interface PublishedEvent
  extends Omit<
    Event,
    | 'project'
    | 'id'
    | 'time'
    | 'acceptedAt'
    | 'expiresAt'
    | 'order'
    | 'eventBatch'
    | 'hops'
    | 'trace'
    | 'erased'
  > {
  readonly id?: string;
  readonly time?: string;
}

/** The longest time between the acceptance of an event batch's first and last event. */
export const EVENT_BATCH_SPAN_MS = 10_000;

/** Return the event that a project stores for a published event which it accepted at `now`, in milliseconds since the epoch. */
export function acceptedEvent(published: PublishedEvent, project: Project, id: string, now: number): Event {
  const acceptedAt = new Date(now).toISOString();
  const expiresAt = now + project.retentionDays * DAY_MS;
  return { ...published, project: project.id, id, time: published.time ?? acceptedAt, acceptedAt, expiresAt };
}

/**
 * The size of an event that a publisher may send, by the format that the stage writes: version 0.1 can read no event that is too
 * large for an item. `published`: over HTTPS. `carried`: with an id, a time and changes, which may have been added.
 */
export const MAX_EVENT_BYTES = {
  1: { published: 256 * 1024, carried: 384 * 1024 },
  2: { published: 1024 * 1024, carried: 2 * 1024 * 1024 },
} as const;

/** An event of this size fits into every message (1 MiB) and every DynamoDB item (400 KB). */
export const MAX_INLINE_BYTES = 384 * 1024;

/** @throws TooLargeError */
export function refuseLargerThan(maxBytes: number, text: string): void {
  if (Buffer.byteLength(text) > maxBytes)
    throw new TooLargeError(`The event is larger than ${maxBytes / 1024} KB.`);
}

/** Cached, because an event is written to the table and to the messages of all its deliveries. */
const texts = new WeakMap<object, JsonText>();

/**
 * Return the event's JSON text: the form of messages between our own functions, the stored form, and (before the event is
 * accepted) the native form that the events queue takes. In it, an event batch is a `lot`.
 */
export function eventText(event: Event | (PublishedEvent & Pick<Event, 'project'>)): JsonText {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const { data, actor, changes, cloudEvent, eventBatch: lot, ...plain }: Partial<Event> = event;
  const text = extendedText({ ...plain, lot }, { data, actor, changes, cloudEvent });
  texts.set(event, text);
  return text;
}

const AS_TEXT = new Set(['data', 'actor', 'changes', 'cloudEvent']);

/** Read what {@link eventText} wrote. */
export function readEventText(text: JsonText): Event {
  const entries = [...membersOf(text)].map(([key, member]) => [
    key === 'lot' ? 'eventBatch' : key,
    AS_TEXT.has(key) ? member : JSON.parse(member),
  ]);
  return Object.fromEntries(entries) as Event;
}

/**
 * Return the event's id for the `webhook-id` header. Standard Webhooks signs `id.timestamp.body`, where an id with a dot would
 * be ambiguous (specification, "Signature scheme"), so ids with a dot or another unsafe character are hashed.
 */
export function webhookId(event: Pick<Event, 'id'>): string {
  return /^[A-Za-z0-9_-]{1,128}$/.test(event.id) ? event.id : `evt_${shortHash(event.id)}`;
}

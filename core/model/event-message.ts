import * as z from 'zod/mini';
import { parseJson, toJsonText } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import { readEnvelope } from './envelope.ts';
import { eventText, type PublishedEvent } from './event.ts';
import type { OperationalEvent } from './operational-event.ts';
import type { OutgoingMessage, QueueMessage } from './queue-message.ts';

/** The message attributes of the events queue that have a meaning. Any other belongs to the publisher. */
const ATTRIBUTE = {
  /** The project of a message whose body names none. */
  project: 'project',
  /**
   * The event was validated against its type's schema when it was accepted over HTTPS. It is not validated again: a schema
   * that has changed since must not undo a 202.
   */
  validated: 'ancrage-checked',
  /** The message may carry an event of a reserved type. */
  operational: 'ancrage-own',
  /** The message continues a fan-out. */
  continuation: 'ancrage-continuation',
  /**
   * The id that a dead-lettered message had when it was first received. SQS gives a redriven message a new id, by which it
   * would be taken for a duplicate of itself.
   */
  firstMessageId: 'ancrage-message-id',
  /** Why the message was dead-lettered. */
  reason: 'reason',
} as const;

/** A message of the events queue. */
export type EventMessage =
  | ({ readonly kind: 'publication' } & Publication)
  | ({ readonly kind: 'continuation' } & Continuation);

/** A published event. */
export interface Publication {
  /** The project that the message names, if it names one. */
  readonly project: string | undefined;
  readonly event: PublishedEvent;
  /** Whether it need not be validated against its type's schema. */
  readonly isValidated: boolean;
}

/** The rest of an event's fan-out. */
const continuationSchema = z.strictObject({
  project: z.string(),
  eventId: z.string(),
  /** Which of the event type's patterns comes next. */
  pattern: z.int().check(z.minimum(0)),
  /** After which of the pattern's bindings. */
  cursor: z.nullable(z.string()),
  replay: z.optional(z.strictObject({ id: z.string(), requestedAt: z.string() })),
});

export type Continuation = z.output<typeof continuationSchema>;

/** @throws RequestError with a reason that a publisher understands */
export function readEventMessage({
  body,
  attributes,
}: Pick<QueueMessage, 'body' | 'attributes'>): EventMessage {
  if (attributes[ATTRIBUTE.continuation] !== undefined)
    return { kind: 'continuation', ...validate(continuationSchema, parseJson(body).value) };
  const isOperational = attributes[ATTRIBUTE.operational] !== undefined;
  const { project = attributes[ATTRIBUTE.project], event } = readEnvelope(body, isOperational);
  const isValidated = isOperational || attributes[ATTRIBUTE.validated] !== undefined;
  return { kind: 'publication', project, event, isValidated };
}

/** Return the message of an event that was validated against its type's schema. */
export const validatedEventMessage = (
  event: PublishedEvent & { readonly project: string },
): OutgoingMessage => ({
  body: eventText(event),
  groupId: event.project,
  attributes: { [ATTRIBUTE.validated]: 'true' },
});

export const operationalEventMessage = (
  project: string,
  event: OperationalEvent,
  time: string,
): OutgoingMessage => ({
  body: eventText({ ...event, project, time }),
  groupId: project,
  attributes: { [ATTRIBUTE.operational]: 'true' },
});

export const continuationMessage = (continuation: Continuation): OutgoingMessage => ({
  body: toJsonText(continuation),
  groupId: continuation.project,
  attributes: { [ATTRIBUTE.continuation]: 'true' },
});

/** Return the id that a message had when it was first received. */
export const firstMessageId = ({ id, attributes }: QueueMessage): string =>
  attributes[ATTRIBUTE.firstMessageId] ?? id;

/** SQS allows ten attributes; two of a dead letter are ours. */
const MAX_PUBLISHER_ATTRIBUTES = 8;

/** Return the dead letter of a message: the same body, the reason, and as many of its attributes as SQS allows. */
export const deadLetterMessage = (message: QueueMessage, reason: string): OutgoingMessage => ({
  body: message.body,
  groupId: 'refused',
  attributes: {
    ...Object.fromEntries(Object.entries(message.attributes).slice(0, MAX_PUBLISHER_ATTRIBUTES)),
    [ATTRIBUTE.reason]: reason,
    [ATTRIBUTE.firstMessageId]: firstMessageId(message),
  },
});

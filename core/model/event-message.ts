import { toJsonText } from '../kernel/json-text.ts';
import { MAC, withMac } from './dead-letter-mac.ts';
import { eventText, type PublishedEvent } from './event.ts';
import type { EventOrder } from './event-order.ts';
import { HOPS } from './hops.ts';
import type { OperationalEvent } from './operational-event.ts';
import {
  COPY_ATTRIBUTE,
  firstMessageId,
  type OutgoingMessage,
  type QueueMessage,
  withAttributes,
} from './queue-message.ts';
import { TRACEPARENT, TRACESTATE, type TraceContext } from './trace-context.ts';

/**
 * The message attributes that fan-out reads. A publisher's message has the project, the hops and the trace alone, see
 * `core/fan-out/honour.ts`.
 */
export const EVENT_ATTRIBUTE = {
  /** The project of a message whose body names none. */
  project: 'project',
  /**
   * The event was validated against its type's schema when it was accepted over HTTPS. It is not validated again: a schema
   * that has changed since must not undo a 202.
   */
  validated: 'ancrage-checked',
  /** The event's place among those that its publisher sent over HTTPS, see `EventOrder`. */
  order: 'ancrage-order',
  /** The event's hops. */
  hops: HOPS,
  /** The trace that the publication belongs to. */
  traceparent: TRACEPARENT,
  tracestate: TRACESTATE,
  /** The event was counted, and held back for as long as its project's publishing rate demands. */
  admitted: 'ancrage-admitted',
  /** The message may carry an event of a reserved type. */
  operational: 'ancrage-own',
  /** The message continues a fan-out. */
  continuation: 'ancrage-continuation',
  /** Why the message was dead-lettered. */
  reason: 'reason',
} as const;

/** A message of the events queue or the internal queue, as `readEventMessage` reads it. */
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
  /** Whether Ancrage publishes it itself. */
  readonly isOperational: boolean;
  /** Whether it was counted towards its project's publishing rate. */
  readonly isAdmitted: boolean;
  /** The order that the message claims for it, unchecked. */
  readonly order: string | undefined;
  readonly hops: number;
  readonly trace: TraceContext | undefined;
}

/** How far a fan-out is: the deliveries for all bindings before this position have been sent. */
export interface FanOutPosition {
  /** Which of the event type's patterns comes next; their number if all deliveries have been sent. */
  readonly pattern: number;
  /** The position among the pattern's bindings; null for the first. */
  readonly cursor: string | null;
}

/** The rest of an event's fan-out. */
export interface Continuation extends FanOutPosition {
  readonly project: string;
  readonly eventId: string;
  /** The replay that the fan-out belongs to, if any. */
  readonly replay?: { readonly id: string; readonly requestedAt: string } | undefined;
}

/** Return the message of an event that was validated against its type's schema. */
export const validatedEventMessage = (
  event: PublishedEvent & { readonly project: string },
  order: EventOrder,
  hops: number,
  trace?: TraceContext,
): OutgoingMessage => ({
  body: eventText(event),
  groupId: event.project,
  attributes: {
    [EVENT_ATTRIBUTE.validated]: 'true',
    [EVENT_ATTRIBUTE.order]: String(order),
    ...hopsAttribute(hops),
    ...trace,
  },
});

export const operationalEventMessage = (
  project: string,
  event: OperationalEvent,
  time: string,
  hops: number,
): OutgoingMessage => ({
  body: eventText({ ...event, project, time }),
  groupId: project,
  attributes: { [EVENT_ATTRIBUTE.operational]: 'true', ...hopsAttribute(hops) },
});

/** Neither they nor the trace are members of the body, where version 0.1 would refuse them. */
const hopsAttribute = (hops: number) => hops > 0 && { [EVENT_ATTRIBUTE.hops]: String(hops) };

export const continuationMessage = (continuation: Continuation): OutgoingMessage => ({
  body: toJsonText(continuation),
  groupId: continuation.project,
  attributes: { [EVENT_ATTRIBUTE.continuation]: 'true' },
});

/**
 * Return the dead letter of a message: the same body, the reason, and as many of its attributes as SQS allows. It has a MAC,
 * so that its first id and what else was honoured are honoured again after a redrive.
 */
export function deadLetterMessage(message: QueueMessage, reason: string, stackKey: string): OutgoingMessage {
  const ours = {
    [EVENT_ATTRIBUTE.reason]: reason,
    [COPY_ATTRIBUTE.firstMessageId]: firstMessageId(message),
    [MAC]: '',
  };
  const { body, groupId = 'refused' } = message;
  return withMac(stackKey, { body, groupId, attributes: withAttributes(message, ours) });
}

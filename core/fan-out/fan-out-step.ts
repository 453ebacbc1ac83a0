import * as z from 'zod/mini';
import { parseJson, toJsonText } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import type { Event } from '../model/event.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Log } from '../ports/logger.ts';
import type { OutgoingMessage, QueueMessage } from '../ports/message-queue.ts';

/** Message attribute that tells a continuation from what publishers send. */
const CONTINUATION = 'ancrage-continuation';

/** Where a fan-out goes on: after which binding of which of the event type's patterns. */
const continuationSchema = z.strictObject({
  project: z.string(),
  eventId: z.string(),
  pattern: z.int().check(z.minimum(0)),
  cursor: z.nullable(z.string()),
  /** What it is a replay of, if it is one. */
  replay: z.optional(z.strictObject({ id: z.string(), requestedAt: z.string() })),
});

type Continuation = z.output<typeof continuationSchema>;

export const continuation = (from: Continuation): OutgoingMessage => ({
  body: toJsonText(from),
  groupId: from.project,
  attributes: { [CONTINUATION]: 'true' },
});

/** Which of an event type's patterns, and after which of its bindings. */
export type Position = Pick<Continuation, 'pattern' | 'cursor'>;

/** One step of an event's fan-out. */
export interface FanOutStep {
  readonly event: Event;
  readonly from: Position & Pick<Continuation, 'replay'>;
}

export const firstStep = (event: Event): FanOutStep => ({ event, from: { pattern: 0, cursor: null } });

export const isContinuation = ({ attributes }: QueueMessage): boolean =>
  attributes[CONTINUATION] !== undefined;

/** Null if the event is gone. @throws RequestError if the message is no continuation */
export async function continuedStep(
  { events, log }: { readonly events: Pick<EventStore, 'get'>; readonly log: Log },
  message: QueueMessage,
): Promise<FanOutStep | null> {
  const from = validate(continuationSchema, parseJson(message.body).value);
  const { project, eventId } = from;
  const event = await events.get(project, eventId);
  if (event === null) {
    const reason = "the event's retention has ended";
    log.warn('fan-out ended', { project, eventId, messageId: message.id, reason });
    return null;
  }
  return { event, from };
}

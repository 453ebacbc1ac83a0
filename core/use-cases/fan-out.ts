import { type Delivery, deliveryText } from '../domain/delivery.ts';
import { readEnvelope } from '../domain/envelope.ts';
import { RequestError } from '../domain/errors.ts';
import { acceptEvent, type Event } from '../domain/event.ts';
import { patternsOf } from '../domain/event-type.ts';
import { toJsonText } from '../domain/json-text.ts';
import type {
  BindingStore,
  EventStore,
  Log,
  MessageQueue,
  OutgoingMessage,
  ProjectStore,
  QueueMessage,
} from '../ports.ts';

export interface FanOutDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'putOnce' | 'get'>;
  readonly bindings: BindingStore;
  readonly deliveriesQueue: MessageQueue;
  /** Continuations go back to where the events come from. */
  readonly eventsQueue: MessageQueue;
  readonly deadLetterQueue: MessageQueue;
  readonly log: Log;
  /** Project of messages that name none. */
  readonly defaultProject: string | undefined;
  /** Deliveries that one invocation makes of one event before it leaves the rest to a continuation. */
  readonly deliveriesPerStep: number;
}

/** Where a fan-out goes on: after which binding of which of the event type's patterns. */
interface Continuation {
  readonly project: string;
  readonly eventId: string;
  readonly pattern: number;
  readonly cursor: string | null;
}

/** Message attribute that tells a continuation from what publishers send. */
const CONTINUATION = 'ancrage-continuation';
const BINDINGS_PER_PAGE = 100;

/** What could not be sent: the message is not acknowledged and comes again. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/**
 * Turns each message of the events queue into one delivery for each subscription that wants it. Answers the ids of
 * the messages that must come again; one of these is our fault, never the publisher's.
 */
export function fanOut(dependencies: FanOutDependencies) {
  const { log, deadLetterQueue } = dependencies;
  return async (messages: readonly QueueMessage[]): Promise<string[]> => {
    const failed = await Promise.all(
      messages.map(async (message) => {
        try {
          await fanOutOne(dependencies, message);
          return [];
        } catch (error) {
          if (error instanceof RequestError) {
            return await setAside(deadLetterQueue, log, message, error.message);
          }
          log.error('event not fanned out', { messageId: message.id, error });
          return [message.id];
        }
      }),
    );
    return failed.flat();
  };
}

/** A message that can never be understood would only fail five times; it goes to the dead-letter queue at once. */
async function setAside(
  deadLetterQueue: MessageQueue,
  log: Log,
  message: QueueMessage,
  reason: string,
): Promise<string[]> {
  // SQS takes ten attributes and no control characters.
  const own = Object.fromEntries(Object.entries(message.attributes).slice(0, 8));
  const attributes = {
    ...own,
    reason: reason.slice(0, 1000).replace(/\p{Cc}/gu, ' '),
    messageId: message.id,
  };
  const unsent = await deadLetterQueue.send([{ body: message.body, groupId: 'refused', attributes }]);
  log.warn('event refused', { messageId: message.id, reason });
  return unsent.size > 0 ? [message.id] : [];
}

async function fanOutOne(dependencies: FanOutDependencies, message: QueueMessage): Promise<void> {
  const { events } = dependencies;
  if (message.attributes[CONTINUATION] !== undefined) {
    const continuation = JSON.parse(message.body) as Continuation;
    const event = await events.get(continuation.project, continuation.eventId);
    if (event !== null) await sendDeliveries(dependencies, event, continuation);
    return;
  }
  const event = await acceptOnce(dependencies, message);
  if (event === null || event.suppress) return;
  await sendDeliveries(dependencies, event, {
    project: event.project,
    eventId: event.id,
    pattern: 0,
    cursor: null,
  });
}

/** Stores the event; null if it has been before. */
async function acceptOnce(dependencies: FanOutDependencies, message: QueueMessage): Promise<Event | null> {
  const { projects, events, log, defaultProject } = dependencies;
  const envelope = readEnvelope(message.body);
  const projectId = envelope.project ?? message.attributes.project ?? defaultProject;
  if (projectId === undefined) throw new RefusedMessage('The message names no project.');
  const project = await projects.get(projectId);
  if (project === null) throw new RefusedMessage(`There is no project "${projectId}".`);

  // Whatever a repeated handling of this message does, it does with the same id and time of acceptance.
  const event = acceptEvent(
    envelope.event,
    project,
    envelope.event.id ?? `evt_${message.id}`,
    message.sentAt,
  );
  const stored = await events.putOnce(event, message.id);
  if (stored === 'conflict') {
    throw new RefusedMessage(`Another source has published an event with the id "${event.id}".`);
  }
  log.info(stored === 'stored' ? 'event accepted' : 'event repeated', {
    project: event.project,
    eventId: event.id,
    eventType: event.type,
    messageId: message.id,
  });
  return stored === 'stored' ? event : null;
}

class RefusedMessage extends RequestError {
  override readonly name = 'RefusedMessage';
  readonly status = 422;
  readonly title = 'The message cannot be taken';
}

async function sendDeliveries(
  dependencies: FanOutDependencies,
  event: Event,
  from: Continuation,
): Promise<void> {
  const { bindings, deliveriesQueue, eventsQueue, deliveriesPerStep } = dependencies;
  const patterns = patternsOf(event.type);
  let { pattern, cursor } = from;
  let sent = 0;
  while (pattern < patterns.length) {
    if (sent >= deliveriesPerStep) {
      const body = toJsonText({ ...from, pattern, cursor } satisfies Continuation);
      await sendAll(eventsQueue, [{ body, groupId: event.project, attributes: { [CONTINUATION]: 'true' } }]);
      return;
    }
    const limit = Math.min(BINDINGS_PER_PAGE, deliveriesPerStep - sent);
    const page = await bindings.page(event.project, patterns[pattern] as string, { limit, cursor });
    await sendAll(
      deliveriesQueue,
      page.items.map((subscriptionId) => firstDelivery(event, subscriptionId)),
    );
    sent += page.items.length;
    cursor = page.cursor;
    if (cursor === null) pattern++;
  }
}

function firstDelivery(event: Event, subscriptionId: string): OutgoingMessage {
  const delivery: Delivery = { project: event.project, subscriptionId, number: 1, trigger: 'event', event };
  return { body: deliveryText(delivery), groupId: subscriptionId };
}

async function sendAll(queue: MessageQueue, messages: readonly OutgoingMessage[]): Promise<void> {
  const unsent = await queue.send(messages);
  if (unsent.size > 0) throw new NotSentError(`${unsent.size} of ${messages.length} messages were not sent`);
}

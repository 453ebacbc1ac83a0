import { MAX_RECEIVES } from '../contract.ts';
import { ValidationError } from '../kernel/errors.ts';
import { shortHash } from '../kernel/ids.ts';
import { validate } from '../kernel/validate.ts';
import { acceptedEvent, type Event } from '../model/event.ts';
import { type Continuation, firstMessageId, type Publication } from '../model/event-message.ts';
import type { Project } from '../model/project.ts';
import { projectIdSchema } from '../model/project-id.ts';
import type { QueueMessage } from '../model/queue-message.ts';
import { readEventMessage } from '../model/read-event-message.ts';
import type { FanOutPorts } from './ports.ts';

/** A published event that is not stored yet, and the project that receives it. */
export interface ReceivedEvent {
  readonly message: QueueMessage;
  readonly project: Project;
  readonly published: Publication;
}

/** One step of an event's fan-out: all that the message asks for, or the rest of what an earlier step began. */
export interface FanOutStep {
  readonly message: QueueMessage;
  readonly event: Event;
  /** Where to start among the bindings of the event type's patterns. */
  readonly from: Pick<Continuation, 'pattern' | 'cursor'>;
  readonly replay: Continuation['replay'];
  /** `same-message`: an earlier handling of this message may have ended anywhere. `continued`: the event is in the log. */
  readonly storing: 'stored' | 'same-message' | 'continued';
}

/**
 * Read a message, and the event that it continues. Return null if that event is gone.
 *
 * @throws RequestError with the reason if the message can never be handled
 */
export async function readMessage(
  { projects, events, defaultProject, log }: FanOutPorts,
  message: QueueMessage,
): Promise<ReceivedEvent | FanOutStep | null> {
  if (message.receiveCount > MAX_RECEIVES) throw new Error('The message was received too often.');
  const content = readEventMessage(message);
  if (content.kind === 'continuation') {
    const { project, eventId, replay, ...from } = content;
    const event = await events.get(project, eventId);
    if (event !== null) return { message, event, from, replay, storing: 'continued' };
    const reason = "the event's retention has ended";
    log.warn('fan-out ended', { project, eventId, messageId: message.id, reason });
    return null;
  }
  const id = content.project ?? defaultProject;
  if (id === undefined) throw new ValidationError('The message names no project.');
  const project = await projects.get(validate(projectIdSchema, id));
  if (project === null) throw new ValidationError(`There is no project "${id}".`);
  return { message, project, published: content };
}

/**
 * Store a published event once, with its event batch if it has one. Return null if another message brought it before.
 *
 * @throws RequestError with the reason if the event can never be accepted
 */
export async function storeEvent(
  ports: FanOutPorts,
  { message, project, published }: ReceivedEvent,
  eventBatch: string | undefined,
): Promise<FanOutStep | null> {
  const { events, log, metrics } = ports;
  // Each handling of this message uses the same id and time of acceptance.
  const messageId = firstMessageId(message);
  let event: Event = {
    ...acceptedEvent(published.event, project, published.event.id ?? `evt_${messageId}`, message.sentAt),
    ...(eventBatch !== undefined && { eventBatch }),
  };
  if (!published.isValidated) await validateOnce(ports, event, message);
  let storing = await events.putOnce(event, messageId);
  if (storing === 'conflict') {
    // Two sources may use the same id (CloudEvents 1.0, "id"): the second event gets another.
    event = { ...event, id: `${event.id}-${shortHash(event.source ?? '')}` };
    storing = await events.putOnce(event, messageId);
  }
  const first = { message, from: { pattern: 0, cursor: null }, replay: undefined };
  if (storing === 'same-message') {
    // The first handling may have sent deliveries: they belong to the event batch that the event had then.
    const known = await events.get(project.id, event.id);
    return known && { ...first, event: known, storing };
  }
  if (storing === 'stored') {
    metrics.count('EventsAccepted');
    return { ...first, event, storing };
  }
  const { id: eventId, type: eventType } = event;
  log.info('event repeated', { project: project.id, eventId, eventType, messageId: message.id });
  metrics.count('EventsRepeated');
  return null;
}

/** @throws ValidationError unless the event was accepted by an earlier handling, whose deliveries may be under way */
async function validateOnce(
  { events, validator }: FanOutPorts,
  event: Event,
  message: QueueMessage,
): Promise<void> {
  try {
    await validator.validate(event.project, event);
  } catch (error) {
    const isStored = message.receiveCount > 1 && (await events.get(event.project, event.id)) !== null;
    if (!(error instanceof ValidationError) || !isStored) throw error;
  }
}

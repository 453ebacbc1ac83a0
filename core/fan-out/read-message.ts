import { MAX_RECEIVES } from '../contract.ts';
import { ValidationError } from '../kernel/errors.ts';
import { validate } from '../kernel/validate.ts';
import type { Event } from '../model/event.ts';
import type { Continuation, Publication } from '../model/event-message.ts';
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
  /** Whether the project log has the event; `maybe` after an earlier handling of this message, which may have died anywhere. */
  readonly isLogged: 'no' | 'maybe' | 'yes';
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
  if (message.receiveCount >= MAX_RECEIVES) throw new Error('The message was received too often.');
  const content = readEventMessage(message);
  if (content.kind === 'continuation') {
    const { project, eventId, replay, ...from } = content;
    const event = await events.get(project, eventId);
    if (event !== null) return { message, event, from, replay, isLogged: 'yes' };
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

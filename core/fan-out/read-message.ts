import { MAX_RECEIVES } from '../contract.ts';
import { ValidationError } from '../kernel/errors.ts';
import { validate } from '../kernel/validate.ts';
import type { Publication } from '../model/event-message.ts';
import type { Project } from '../model/project.ts';
import { projectIdSchema } from '../model/project-id.ts';
import { isRepeated, type QueueMessage } from '../model/queue-message.ts';
import { readEventMessage } from '../model/read-event-message.ts';
import type { FanOutPorts } from './ports.ts';
import { isStart, resume } from './position.ts';
import type { FanOutStep } from './step.ts';

/** A published event that is not stored yet, and the project that receives it. */
export interface ReceivedEvent {
  readonly message: QueueMessage;
  readonly project: Project;
  readonly published: Publication;
}

/**
 * Read a message, and the event that it continues. Return null if that event is gone, or its fan-out done.
 *
 * @throws RequestError with the reason if the message can never be handled
 */
export async function readMessage(
  ports: FanOutPorts,
  message: QueueMessage,
): Promise<ReceivedEvent | FanOutStep | null> {
  const { projects, events, defaultProject, log } = ports;
  if (message.receiveCount >= MAX_RECEIVES) throw new Error('The message was received too often.');
  const content = readEventMessage(message);
  if (content.kind === 'continuation') {
    const { project, eventId, replay, ...from } = content;
    const [event, found] = await Promise.all([events.get(project, eventId), projects.get(project)]);
    const isLive = found !== null && !isOfFormer(found, message);
    if (event !== null && isLive) {
      const step = { message, event, from, replay, stored: null, isLogged: 'yes' } as const;
      // The message of a replay is a continuation from the start.
      return isStart(from) && !isRepeated(message) ? step : resume(ports, step);
    }
    const reason = isLive ? "the event's retention has ended" : 'its project was deleted';
    log.warn('fan-out ended', { project, eventId, messageId: message.id, reason });
    return null;
  }
  const id = content.project ?? defaultProject;
  if (id === undefined) throw new ValidationError('The message names no project.');
  const project = await projects.get(validate(projectIdSchema, id));
  if (project === null || (content.isValidated && isOfFormer(project, message)))
    throw new ValidationError(`There is no project "${id}".`);
  return { message, project, published: content };
}

/** The name of a deleted project stays reserved for 14 days at least, and clocks differ by far less. */
const DAY_MS = 86_400_000;

/** Whether a message that our functions sent about a project was about a former one of its name. */
const isOfFormer = ({ createdAt }: Project, { sentAt }: QueueMessage): boolean =>
  sentAt < Date.parse(createdAt) - DAY_MS;

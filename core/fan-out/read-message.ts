import { redeem } from '../claim-check/claim-check.ts';
import { MAX_RECEIVES } from '../contract.ts';
import type { Publication } from '../model/event-message.ts';
import type { Project } from '../model/project.ts';
import { isRepeated, type OutgoingMessage, type QueueMessage } from '../model/queue-message.ts';
import { readEventMessage } from '../model/read-event-message.ts';
import { traceIdOf } from '../model/trace-context.ts';
import type { FanOutPorts } from './ports.ts';
import { isStart, resume } from './position.ts';
import { isOfFormer, projectOf } from './project-of.ts';
import { isArrayOfEvents, splitArray } from './split-array.ts';
import { type FanOutStep, traced } from './step.ts';

/** A published event that is not stored yet, and the project that receives it. */
export interface ReceivedEvent {
  readonly message: QueueMessage;
  readonly project: Project;
  readonly published: Publication;
}

/** An array of events, each in a message of its own. */
export interface ReceivedArray {
  readonly events: readonly OutgoingMessage[];
}

/**
 * Read a message, and the event that it continues. Return null if that event is gone, or its fan-out done.
 *
 * @throws RequestError with the reason if the message can never be handled
 */
export async function readMessage(
  ports: FanOutPorts,
  message: QueueMessage,
): Promise<ReceivedEvent | ReceivedArray | FanOutStep | null> {
  const { projects, events, log } = ports;
  if (message.receiveCount >= MAX_RECEIVES) throw new Error('The message was received too often.');
  const { attributes } = message;
  const body = await redeem(ports.bodies, message);
  if (isArrayOfEvents(body)) return { events: await splitArray(ports, message, body) };
  const content = readEventMessage({ body, attributes }, ports.writeFormat);
  if (content.kind === 'continuation') {
    const { project, eventId, replay, ...from } = content;
    const [event, found] = await Promise.all([events.get(project, eventId), projects.get(project)]);
    const isLive = found !== null && !isOfFormer(found, message);
    if (event !== null && isLive) {
      const step = { message, ...traced(ports, event), from, replay, stored: null, isLogged: 'yes' } as const;
      // The message of a replay is a continuation from the start.
      return isStart(from) && !isRepeated(message) ? step : resume(ports, step);
    }
    const reason = isLive ? "the event's retention has ended" : 'its project was deleted';
    const trace = traceIdOf(event?.trace);
    log.warn('fan-out ended', { project, eventId, ...trace, messageId: message.id, reason });
    return null;
  }
  return { message, project: await projectOf(ports, message, content), published: content };
}

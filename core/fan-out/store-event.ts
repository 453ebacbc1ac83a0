import { ValidationError } from '../kernel/errors.ts';
import { shortHash } from '../kernel/ids.ts';
import { validate } from '../kernel/validate.ts';
import { readEnvelope } from '../model/envelope.ts';
import { acceptedEvent, type Event, type PublishedEvent } from '../model/event.ts';
import type { Project } from '../model/project.ts';
import { projectIdSchema } from '../model/project-id.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Log } from '../ports/logger.ts';
import type { QueueMessage } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { isOwn } from '../publish/operational-events.ts';
import { isChecked } from '../publish/publish.ts';
import { type CheckEvent, newMeter } from '../publish/validate-event.ts';
import { firstId } from './dead-letter.ts';

export interface AcceptEventDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'putOnce'>;
  readonly checkEvent: CheckEvent;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Project of messages that name none. */
  readonly defaultProject: string | undefined;
}

/** What a message brings: an event for a project that there is. */
export interface Brought {
  readonly message: QueueMessage;
  readonly project: Project;
  readonly published: PublishedEvent;
}

/** @throws RequestError with the reason if the message can never be taken */
export async function readBrought(
  { projects, defaultProject }: Pick<AcceptEventDependencies, 'projects' | 'defaultProject'>,
  message: QueueMessage,
): Promise<Brought> {
  const envelope = readEnvelope(message.body, isOwn(message));
  const id = envelope.project ?? message.attributes.project ?? defaultProject;
  if (id === undefined) throw new ValidationError('The message names no project.');
  const project = await projects.get(validate(projectIdSchema, id));
  if (project === null) throw new ValidationError(`There is no project "${id}".`);
  return { message, project, published: envelope.event };
}

export interface Accepted {
  readonly event: Event;
  /** Whether its message was handled before, and that handling may have ended anywhere. */
  readonly again: boolean;
}

/**
 * Stores the event of a message once, in the lot if there is one. Null if another message has brought it before.
 *
 * @throws RequestError with the reason if the event can never be taken
 */
export async function acceptEvent(
  { events, checkEvent, log, metrics }: AcceptEventDependencies,
  { message, project, published }: Brought,
  lot: string | undefined,
): Promise<Accepted | null> {
  // Whatever a repeated handling of this message does, it does with the same id and time of acceptance.
  const messageId = firstId(message);
  let event: Event = {
    ...acceptedEvent(published, project, published.id ?? `evt_${messageId}`, message.sentAt),
    ...(lot !== undefined && { lot }),
  };
  if (!isChecked(message) && !isOwn(message)) {
    try {
      await checkEvent(project.id, event, newMeter());
    } catch (error) {
      // One that is there already was taken by another schema, and deliveries of it may be under way.
      const isTaken = message.receiveCount > 1 && (await events.get(project.id, event.id)) !== null;
      if (!(error instanceof ValidationError) || !isTaken) throw error;
    }
  }
  let stored = await events.putOnce(event, messageId);
  if (stored === 'conflict') {
    // Two sources may number their events alike (CloudEvents 1.0, "id"): the second goes by another name.
    event = { ...event, id: `${event.id}-${shortHash(event.source ?? '')}` };
    stored = await events.putOnce(event, messageId);
  }
  // Its first handling may have sent deliveries: they are of the lot that it was in then.
  if (stored === 'again') {
    const first = await events.get(project.id, event.id);
    return first && { event: first, again: true };
  }
  if (stored === 'stored') {
    metrics.count('EventsAccepted');
    return { event, again: false };
  }
  const { id: eventId, type: eventType } = event;
  log.info('event repeated', { project: project.id, eventId, eventType, messageId: message.id });
  metrics.count('EventsRepeated');
  return null;
}

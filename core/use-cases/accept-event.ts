import { readEnvelope } from '../domain/envelope.ts';
import { ValidationError } from '../domain/errors.ts';
import { acceptedEvent, type Event } from '../domain/event.ts';
import { shortHash } from '../domain/ids.ts';
import { projectIdSchema } from '../domain/project-id-schema.ts';
import { validate } from '../domain/validate.ts';
import type { EventStore, Log, Metrics, ProjectStore, QueueMessage } from '../ports.ts';
import { type CheckEvent, newMeter } from './check-event.ts';
import { isChecked } from './publish.ts';
import { isOwn } from './publish-own.ts';
import { firstId } from './set-aside.ts';

export interface AcceptEventDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'putOnce'>;
  readonly checkEvent: CheckEvent;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Project of messages that name none. */
  readonly defaultProject: string | undefined;
}

/** The lot of a project's events that were taken at this time (milliseconds since the epoch), if they are in any. */
export type LotOf = (project: string, takenAt: number) => string | undefined;

export interface Accepted {
  readonly event: Event;
  /** Whether its message was handled before, and that handling may have ended anywhere. */
  readonly again: boolean;
}

/**
 * Stores the event of a message once, in the lot that `lotOf` gives it. Null if another message has brought it before.
 *
 * @throws RequestError with the reason if the message can never be taken
 */
export async function acceptEvent(
  { projects, events, checkEvent, log, metrics, defaultProject }: AcceptEventDependencies,
  message: QueueMessage,
  lotOf: LotOf = () => undefined,
): Promise<Accepted | null> {
  const envelope = readEnvelope(message.body, isOwn(message));
  const projectId = envelope.project ?? message.attributes.project ?? defaultProject;
  if (projectId === undefined) throw new ValidationError('The message names no project.');
  const project = await projects.get(validate(projectIdSchema, projectId));
  if (project === null) throw new ValidationError(`There is no project "${projectId}".`);

  // Whatever a repeated handling of this message does, it does with the same id and time of acceptance.
  const messageId = firstId(message);
  const id = envelope.event.id ?? `evt_${messageId}`;
  const lot = lotOf(project.id, message.sentAt);
  let event: Event = {
    ...acceptedEvent(envelope.event, project, id, message.sentAt),
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

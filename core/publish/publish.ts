import type { Clock } from '../kernel/clock.ts';
import { found, UnavailableError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { eventText, MAX_CARRIED_BYTES, type PublishedEvent, refuseLargerThan } from '../model/event.ts';
import type { MessageQueue, QueueMessage } from '../ports/message-queue.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface PublishDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventsQueue: MessageQueue;
  readonly clock: Clock;
}

/**
 * Message attribute of an event that was held against its type's schema when it was taken. It is not again: a schema
 * that has changed since must not undo a 202.
 */
const CHECKED = 'ancrage-checked';

export const isChecked = ({ attributes }: QueueMessage): boolean => attributes[CHECKED] !== undefined;

/**
 * Hands events, which their caller has checked, to the events queue; when it returns their ids, SQS has them all.
 *
 * @throws TooLargeError if an event grew too large by its computed changes
 * @throws UnavailableError if SQS did not take every one. Those with an id of the publisher's can be sent again safely.
 */
export function publish({ projects, eventsQueue, clock }: PublishDependencies) {
  return async (project: string, published: readonly PublishedEvent[]): Promise<string[]> => {
    found(await projects.get(project), 'project', project);
    const now = clock();
    const time = new Date(now).toISOString();
    const events = published.map((event) => ({
      ...event,
      project,
      id: event.id ?? newId('evt', now),
      time: event.time ?? time,
    }));
    const messages = events.map((event) => ({
      body: eventText(event),
      groupId: project,
      attributes: { [CHECKED]: 'true' },
    }));
    for (const { body } of messages) refuseLargerThan(MAX_CARRIED_BYTES, body);
    const unsent = await eventsQueue.send(messages);
    if (unsent.size > 0)
      throw new UnavailableError('The events queue did not take every event. Send the request again.');
    return events.map((event) => event.id);
  };
}

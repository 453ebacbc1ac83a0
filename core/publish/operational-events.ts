import type { Clock } from '../kernel/clock.ts';
import { eventText } from '../model/event.ts';
import type { OwnEvent } from '../model/operational-event.ts';
import type { Log } from '../ports/logger.ts';
import type { MessageQueue, QueueMessage } from '../ports/message-queue.ts';

export interface PublishOwnDependencies {
  readonly eventsQueue: MessageQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export type PublishOwn = (project: string, event: OwnEvent) => Promise<boolean>;

/** Message attribute that lets a message be of a reserved type. */
const OWN = 'ancrage-own';

export const isOwn = ({ attributes }: QueueMessage): boolean => attributes[OWN] !== undefined;

/** Publishes an event about Ancrage to a project. Answers whether it was sent; if not, it is in the log. */
export function publishOwn({ eventsQueue, clock, log }: PublishOwnDependencies): PublishOwn {
  return async (project, event) => {
    const body = eventText({ ...event, project, time: new Date(clock()).toISOString() });
    const unsent = await eventsQueue.send([{ body, groupId: project, attributes: { [OWN]: 'true' } }]);
    if (unsent.size > 0)
      log.error('own event not published', { project, eventType: event.type, detail: event.data });
    return unsent.size === 0;
  };
}

import type { Clock } from '../kernel/clock.ts';
import { found, UnavailableError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_CARRIED_BYTES, type PublishedEvent, refuseLargerThan } from '../model/event.ts';
import { validatedEventMessage } from '../model/event-message.ts';
import { orderInCall } from '../model/event-order.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface PublishPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly internalQueue: MessageQueue;
  readonly clock: Clock;
}

/**
 * Send validated events with these hops to fan-out. When it returns their ids, SQS has all of them.
 *
 * @throws TooLargeError if an event has grown too large by its computed changes
 * @throws UnavailableError if SQS did not accept every event. Events with an id of the publisher's can be sent again safely.
 */
export async function publish(
  { projects, internalQueue, clock }: PublishPorts,
  project: string,
  published: readonly PublishedEvent[],
  hops = 0,
): Promise<string[]> {
  found(await projects.get(project), 'project', project);
  const now = clock();
  const time = new Date(now).toISOString();
  const events = published.map((event) => ({
    ...event,
    project,
    id: event.id ?? newId('evt', now),
    time: event.time ?? time,
  }));
  const messages = events.map((event, index) => validatedEventMessage(event, orderInCall(now, index), hops));
  for (const { body } of messages) refuseLargerThan(MAX_CARRIED_BYTES, body);
  const unsent = await internalQueue.send(messages);
  if (unsent.size > 0)
    throw new UnavailableError('The queue did not accept every event. Send the request again.');
  return events.map((event) => event.id);
}

import type { Clock } from '../kernel/clock.ts';
import { operationalEventMessage } from '../model/event-message.ts';
import type { OperationalEvent } from '../model/operational-event.ts';
import type { Logger } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';

export interface OperationalEventPorts {
  readonly internalQueue: MessageQueue;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Publish an event about Ancrage itself to a project. Return whether it was sent; if not, it is in the function's log.
 *
 * @param hops those of the event that caused it
 */
export async function publishOperationalEvent(
  { internalQueue, clock, log }: OperationalEventPorts,
  project: string,
  event: OperationalEvent,
  hops = 0,
): Promise<boolean> {
  const message = operationalEventMessage(project, event, new Date(clock()).toISOString(), hops);
  const unsent = await internalQueue.send([message]);
  if (unsent.size > 0)
    log.error('own event not published', { project, eventType: event.type, detail: event.data });
  return unsent.size === 0;
}

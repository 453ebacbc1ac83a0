import { bodyBytes } from '../claim-check/claim-check.ts';
import { EVENT_ATTRIBUTE } from '../model/event-message.ts';
import { delayedCopy, isRepeated, LONGEST_DELAY_SECONDS, type QueueMessage } from '../model/queue-message.ts';
import type { FanOutPorts } from './ports.ts';
import type { ReceivedEvent } from './read-message.ts';

/** Messages that could not be sent again must be received again. */
export interface HeldBack {
  /** The events that may go on now. */
  readonly admitted: readonly ReceivedEvent[];
  readonly unsent: readonly QueueMessage[];
}

/**
 * Delay the events of projects that publish more than they may: a copy takes the place of each, and is received when its turn has
 * come. It has been counted then, unless that is more than a quarter of an hour away: then it is counted when it is received.
 */
export async function holdBack(ports: FanOutPorts, received: readonly ReceivedEvent[]): Promise<HeldBack> {
  const isCounted = ({ message, published }: ReceivedEvent) => published.isAdmitted || isRepeated(message);
  const [counted, uncounted] = [received.filter(isCounted), received.filter((each) => !isCounted(each))];
  const byProject = Map.groupBy(uncounted, ({ project }) => project.id);
  const held = await Promise.all(
    byProject.entries().map(([project, events]) =>
      holdBackProject(ports, project, events).catch((error): HeldBack => {
        ports.log.error('publishing rate not applied', { project, count: events.length, error });
        return { admitted: [], unsent: events.map(({ message }) => message) };
      }),
    ),
  );
  const admitted = new Set([...counted, ...held.flatMap((each) => each.admitted)]);
  return {
    admitted: received.filter((each) => admitted.has(each)),
    unsent: held.flatMap(({ unsent }) => unsent),
  };
}

async function holdBackProject(
  { rate, clock, internalQueue, log, metrics }: FanOutPorts,
  project: string,
  events: readonly ReceivedEvent[],
): Promise<HeldBack> {
  const bytes = events.reduce((sum, { message }) => sum + bodyBytes(message), 0);
  const admission = await rate.take(project, events.length, bytes);
  const now = clock();
  const until = admission.isAdmitted ? admission.from : admission.until;
  if (admission.isAdmitted && until <= now) return { admitted: events, unsent: [] };
  const delayMs = Math.min(LONGEST_DELAY_SECONDS * 1000, Math.max(1000, until - now));
  const delay = { groupId: project, delaySeconds: Math.ceil(delayMs / 1000) };
  const admitted = admission.isAdmitted ? { [EVENT_ATTRIBUTE.admitted]: 'true' } : {};
  const copies = events.map(({ message }) => delayedCopy(message, delay, admitted));
  const failed = await internalQueue.send(copies);
  const count = events.length - failed.size;
  metrics.count('EventsHeldBack', count);
  log.warn('events held back', { project, count, seconds: delay.delaySeconds });
  return {
    admitted: [],
    unsent: events.flatMap(({ message }, index) => (failed.has(index) ? [message] : [])),
  };
}

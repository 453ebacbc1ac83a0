import { formats } from '../../core/dialects/index.ts';
import type { OutgoingMessage, QueueMessage } from '../../core/ports.ts';
import { attemptDelivery } from '../../core/use-cases/attempt-delivery.ts';
import { checkEvent } from '../../core/use-cases/check-event.ts';
import { deliver } from '../../core/use-cases/deliver.ts';
import { disableSubscription } from '../../core/use-cases/disable-subscription.ts';
import { fanOut } from '../../core/use-cases/fan-out.ts';
import { publishOwn } from '../../core/use-cases/publish-own.ts';
import { recordAttempts } from '../../core/use-cases/record-attempts.ts';
import { sweep } from '../../core/use-cases/sweep.ts';
import { trackHealth } from '../../core/use-cases/track-health.ts';
import { inMemoryAttempts, inMemoryEvents } from './in-memory/events.ts';
import { silentLog } from './in-memory/log.ts';
import { inMemoryParkedDeliveries } from './in-memory/parked-deliveries.ts';
import { inMemoryTenants } from './in-memory/projects-and-keys.ts';
import { inMemoryQueue } from './in-memory/queue.ts';
import { inMemorySender } from './in-memory/sender.ts';
import { inMemorySubscriptions } from './in-memory/subscriptions.ts';
import { NOW, unique } from './records.ts';

/** The use-cases over in-memory ports, with a time that tests move. */
export function inMemoryPipeline() {
  const time = { now: NOW };
  const clock = () => time.now;
  const tenants = inMemoryTenants(clock);
  const { subscriptions, bindings, health } = inMemorySubscriptions();
  const events = inMemoryEvents(clock);
  const attemptLog = inMemoryAttempts(clock);
  const parked = inMemoryParkedDeliveries();
  const [eventsQueue, deliveriesQueue, retriesQueue, deadLetterQueue] = [
    inMemoryQueue(),
    inMemoryQueue(),
    inMemoryQueue(),
    inMemoryQueue(),
  ];
  const { sender, requests, endpoint } = inMemorySender();

  return {
    time,
    ...tenants,
    subscriptions,
    health,
    events,
    attemptLog,
    parked,
    eventsQueue,
    deliveriesQueue,
    retriesQueue,
    deadLetterQueue,
    requests,
    endpoint,
    fanOut: (deliveriesPerStep = 500, defaultProject?: string) =>
      fanOut({
        projects: tenants.projects,
        events,
        checkEvent: checkEvent({ eventTypes: tenants.eventTypes, clock }),
        bindings,
        deliveriesQueue: deliveriesQueue.queue,
        eventsQueue: eventsQueue.queue,
        deadLetterQueue: deadLetterQueue.queue,
        log: silentLog,
        defaultProject,
        deliveriesPerStep,
      }),
    deliver() {
      const log = silentLog;
      const attempts = recordAttempts(attemptLog, log);
      const own = publishOwn({ eventsQueue: eventsQueue.queue, clock, log });
      const disable = disableSubscription({ subscriptions, publishOwn: own, clock, log });
      const tracker = trackHealth({ health, disableSubscription: disable, clock, log });
      const attempt = attemptDelivery({
        subscriptions,
        disableSubscription: disable,
        publishOwn: own,
        health: tracker,
        formats,
        sender,
        retriesQueue: retriesQueue.queue,
        parked,
        attempts,
        attemptLog,
        clock,
        random: () => 0.5,
        log,
      });
      return deliver({ attemptDelivery: attempt, events, parked, attempts, health: tracker, log });
    },
    sweep: () => sweep({ parked, retriesQueue: retriesQueue.queue, clock, log: silentLog }),
  };
}

export type Pipeline = ReturnType<typeof inMemoryPipeline>;

/** What a worker gets of a message that was sent. */
export function received({
  body,
  attributes = {},
}: Pick<OutgoingMessage, 'body' | 'attributes'>): QueueMessage {
  return { id: unique('message'), body, attributes, sentAt: NOW, receiveCount: 1 };
}

/** Takes everything out of a queue, as a worker receives it. */
export function takeAll(queue: ReturnType<typeof inMemoryQueue>): QueueMessage[] {
  return queue.sent.splice(0).map(received);
}

/** A queue that takes nothing. */
export function refuseAll(queue: ReturnType<typeof inMemoryQueue>): void {
  queue.queue.send = async (messages) => new Set(messages.keys());
}

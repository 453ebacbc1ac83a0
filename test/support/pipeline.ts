import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { deliver } from '../../core/deliver/deliver.ts';
import { fanOut } from '../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { cached } from '../../core/kernel/cache.ts';
import type { Delivery } from '../../core/model/delivery.ts';
import { deliveryMessageText, type EventBatchDeliveries } from '../../core/model/delivery-message.ts';
import {
  type OutgoingMessage,
  type QueueMessage,
  toQueueMessage,
  type Unhandled,
} from '../../core/model/queue-message.ts';
import type { SenderPool } from '../../core/ports/sender.ts';
import { propagation } from '../../core/ports/tracer.ts';
import type { PublishPorts } from '../../core/publish/publish.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { pump } from '../../core/pump/pump.ts';
import { sweep } from '../../core/sweep/sweep.ts';
import { inMemoryDigests } from './in-memory/attempt-digests.ts';
import { inMemoryDueWork } from './in-memory/due-work.ts';
import { inMemoryAttempts, inMemoryEvents } from './in-memory/events.ts';
import { inMemoryFanOutPositions } from './in-memory/fan-out-positions.ts';
import { inMemoryBodies } from './in-memory/large-bodies.ts';
import { recordedLog } from './in-memory/log.ts';
import { recordedMetrics, silentMetrics } from './in-memory/metrics.ts';
import { inMemoryTenants } from './in-memory/projects-and-keys.ts';
import { inMemoryQueue } from './in-memory/queue.ts';
import { UNLIMITED } from './in-memory/rate.ts';
import { inMemorySender } from './in-memory/sender.ts';
import { inMemorySubscriptions } from './in-memory/subscriptions.ts';
import { inMemoryTraffic } from './in-memory/traffic.ts';
import { NOW, unique } from './records.ts';

/** Seals the pipeline's dead letters. */
export const STACK_KEY = '51af3dc0-1a2b-11f0-8a5c-0a1b2c3d4e5f';

/**
 * Create the pipeline over in-memory ports, with a clock that tests move.
 *
 * @param senders send the requests; by default nothing leaves the process
 */
export function inMemoryPipeline(senders?: SenderPool) {
  const time = { now: NOW };
  const clock = () => time.now;
  const tenants = inMemoryTenants(clock);
  const { subscriptions, bindings, unhealthy, all } = inMemorySubscriptions();
  const waiting = inMemoryDueWork(clock, all);
  const events = inMemoryEvents(clock);
  const positions = inMemoryFanOutPositions(clock);
  const attemptLog = inMemoryAttempts(clock);
  const attemptDigests = inMemoryDigests(attemptLog);
  const trafficStore = inMemoryTraffic();
  const bodies = inMemoryBodies();
  const [internalQueue, deliveriesQueue, retriesQueue, pumpsQueue, deadLetterQueue] = [
    inMemoryQueue(),
    inMemoryQueue(),
    inMemoryQueue(),
    inMemoryQueue(),
    inMemoryQueue(),
  ];
  const { sender, requests, endpoint } = inMemorySender();

  const { log, lines } = recordedLog();
  /** The messages that deliver has deleted before its end. */
  const deleted: string[] = [];
  const recorded = recordedMetrics();

  const ports = {
    projects: tenants.projects,
    subscriptions,
    events,
    attemptLog,
    attemptDigests,
    bindings,
    trafficStore,
    ...waiting,
    pumpsQueue: pumpQueue(pumpsQueue.queue),
    internalQueue: internalQueue.queue,
    retriesQueue: deliveryQueue(retriesQueue.queue),
    senders: senders ?? { open: () => ({ ...sender, close: () => {} }) },
    stackKey: STACK_KEY,
    clock,
    random: () => 0.5,
    log,
    metrics: recorded.metrics,
    tracer: propagation,
  };

  return {
    time,
    clock,
    log,
    lines,
    deleted,
    counts: recorded.counts,
    samples: recorded.samples,
    ...tenants,
    ...waiting,
    subscriptions,
    unhealthy,
    maxSubscriptionsPerProject: 10_000,
    limits: { tests: 5, jobs: 20 },
    bindings,
    events,
    positions,
    attemptLog,
    attemptDigests,
    trafficStore,
    bodies,
    internalQueue,
    deliveriesQueue,
    retriesQueue,
    pumpsQueue,
    deadLetterQueue,
    requests,
    endpoint,
    /** What publishing over HTTPS needs. */
    publishPorts: {
      writeFormat: 2,
      rate: UNLIMITED,
      metrics: silentMetrics,
      tracer: propagation,
      projects: tenants.projects,
      internalQueue: internalQueue.queue,
      clock,
    } satisfies PublishPorts,
    fanOut: (
      deliveriesPerStep = 500,
      defaultProject?: string,
      until?: number,
      rate?: FanOutPorts['rate'],
      writeFormat: FanOutPorts['writeFormat'] = 2,
    ) => {
      const fanOutPorts = {
        ...ports,
        positions,
        bodies,
        writeFormat,
        rate: rate ?? UNLIMITED,
        validator: new EventValidator({ eventTypes: tenants.eventTypes, clock }),
        bindings,
        cachedSubscriptions: {
          get: (project: string, id: string) => subscriptions.get(project, id),
          forget: () => {},
        },
        deliveriesQueue: deliveryQueue(deliveriesQueue.queue),
        deadLetterQueue: deadLetterQueue.queue,
        defaultProject,
        deliveriesPerStep,
      };
      return async (messages: readonly QueueMessage[]) => idsOf(await fanOut(fanOutPorts, messages, until));
    },
    deliver(until?: number) {
      // Each worker starts with an empty cache, so that it sees a test's changes at once.
      const cachedSubscriptions = cached(subscriptions.get.bind(subscriptions), {
        clock,
        maxAgeMs: 10_000,
        maxBytes: 1e7,
      });
      const deliverPorts = { ...ports, cachedSubscriptions, evidence: new EvidenceBook(clock) };
      return async (messages: readonly QueueMessage[]) =>
        idsOf(
          await deliver(deliverPorts, messages, { delete: async (ids) => void deleted.push(...ids) }, until),
        );
    },
    pump(until?: number) {
      const cachedSubscriptions = cached(subscriptions.get.bind(subscriptions), {
        clock,
        maxAgeMs: 10_000,
        maxBytes: 1e7,
      });
      const pumpPorts = { ...ports, cachedSubscriptions, evidence: new EvidenceBook(clock) };
      return async (messages: readonly QueueMessage[]) => idsOf(await pump(pumpPorts, messages, until));
    },
    sweep: (until = Number.POSITIVE_INFINITY) => sweep({ ...ports, dueWork: waiting.dueWork }, until),
  };
}

const idsOf = (unhandled: readonly Unhandled[]) => unhandled.map(({ id }) => id);

export type Pipeline = ReturnType<typeof inMemoryPipeline>;

/** Return a sent message as a worker receives it. */
export function received({
  body,
  attributes = {},
}: Pick<OutgoingMessage, 'body' | 'attributes'>): QueueMessage {
  const [id, groupId] = [unique('message'), 'erp'];
  return toQueueMessage({ id, groupId, body, attributes, sentAt: NOW, receiveCount: 1 });
}

/** Take all messages out of a queue, as a worker receives them. */
export function takeAll(queue: ReturnType<typeof inMemoryQueue>): QueueMessage[] {
  return queue.sent.splice(0).map(received);
}

/** Make a queue reject every message. */
export function refuseAll(queue: ReturnType<typeof inMemoryQueue>): void {
  queue.queue.send = async (messages) => new Set(messages.keys());
}

/** Return the body of one delivery's message. */
export const deliveryBody = (delivery: Delivery): string =>
  deliveryMessageText({ kind: 'delivery', delivery });

/** Return the body of an event batch's message. */
export const eventBatchBody = (message: EventBatchDeliveries): string =>
  deliveryMessageText({ kind: 'event-batch', ...message });

import { deadLetter } from '../../../core/fan-out/dead-letter.ts';
import {
  deliveriesOf,
  deliveryMessageText,
  readDeliveryMessage,
} from '../../../core/model/delivery-message.ts';
import type { PublishedEvent } from '../../../core/model/event.ts';
import { continuationMessage } from '../../../core/model/event-message.ts';
import { deliveryExhausted } from '../../../core/model/operational-event.ts';
import type { OutgoingMessage, QueueMessage } from '../../../core/model/queue-message.ts';
import { conditionMark } from '../../../core/model/subscription.ts';
import type { MessageQueue } from '../../../core/ports/message-queue.ts';
import { propagation } from '../../../core/ports/tracer.ts';
import { publishOperationalEvent } from '../../../core/publish/operational-events.ts';
import { publish } from '../../../core/publish/publish.ts';
import { inMemoryBodies } from '../in-memory/large-bodies.ts';
import { silentLog } from '../in-memory/log.ts';
import { silentMetrics } from '../in-memory/metrics.ts';
import { inMemoryQueue } from '../in-memory/queue.ts';
import { UNLIMITED } from '../in-memory/rate.ts';
import { inMemoryPipeline, STACK_KEY } from '../pipeline.ts';
import { NOW, subscriptionRecord } from '../records.ts';
import * as scene from './scene.ts';

/** A message in a golden file. */
export interface KeptMessage {
  readonly what: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface KeptMessages {
  readonly events: readonly KeptMessage[];
  /** Messages of the deliveries queue or the retries queue. */
  readonly deliveries: readonly KeptMessage[];
}

/** Send one message of each kind with this version. */
export async function sentMessages(): Promise<KeptMessages> {
  const { event, subscription, project, replayRun } = scene;
  const ofDelivery = { project: 'erp', subscriptionId: subscription.id };
  const first = { ...ofDelivery, number: 1, event };
  const fromHere = { project: 'erp', eventId: event.id, pattern: 0, cursor: null };
  const asPublished = { type: event.type, id: event.id, data: event.data, orderingKey: 'invoice-1' };
  const { id, type, data, source, publisherId, cloudEvent, dataForm } = scene.cloudEvent;
  const asCloudEvent = { id, type, data, source, publisherId, cloudEvent, dataForm } as PublishedEvent;
  const publishTo = (internalQueue: MessageQueue) => ({
    ...{ projects: { get: async () => project }, internalQueue, clock: () => NOW },
    rate: UNLIMITED,
    writeFormat: 2 as const,
    metrics: silentMetrics,
    tracer: propagation,
  });
  return {
    events: [
      await only('published over HTTPS', ({ queue }) => publish(publishTo(queue), 'erp', [asPublished])),
      await only('published over HTTPS by a relay', ({ queue }) =>
        publish(publishTo(queue), 'erp', [asPublished], 3),
      ),
      await only('published over HTTPS within a trace', ({ queue }) =>
        publish(publishTo(queue), 'erp', [{ ...asPublished, ...(event.trace && { trace: event.trace }) }]),
      ),
      await only('published over HTTPS, a CloudEvent', ({ queue }) =>
        publish(publishTo(queue), 'erp', [asCloudEvent]),
      ),
      await only('of our own', ({ queue }) =>
        publishOperationalEvent(
          { internalQueue: queue, clock: () => NOW, log: silentLog },
          'erp',
          deliveryExhausted(
            {
              ...{ project: 'erp', subscriptionId: subscription.id, url: subscription.url },
              ...{ eventId: event.id, eventType: event.type, attempts: 10 },
            },
            NOW,
            STACK_KEY,
          ),
        ),
      ),
      kept('continuation', continuationMessage(fromHere)),
      kept(
        'continuation of a replay',
        continuationMessage({
          ...fromHere,
          replay: { id: replayRun.id, requestedAt: replayRun.requestedAt },
        }),
      ),
      await only('set aside', ({ queue }) =>
        deadLetter(
          {
            deadLetterQueue: queue,
            bodies: inMemoryBodies(),
            stackKey: STACK_KEY,
            log: silentLog,
            metrics: silentMetrics,
          },
          received({ body: JSON.stringify({ project: 'erp', type: 'x', data: {} }), attributes: {} }),
          'There was no project "erp".',
        ),
      ),
    ],
    deliveries: [
      {
        what: 'first attempt',
        body: deliveryMessageText({ kind: 'delivery', delivery: { ...first, trigger: 'event' } }),
      },
      {
        what: 'first attempt whose condition held',
        body: deliveryMessageText({
          kind: 'delivery',
          delivery: {
            ...first,
            trigger: 'event',
            conditionHeld: String(conditionMark(scene.subscription.condition)),
          },
        }),
      },
      {
        what: 'first attempts of a lot',
        body: deliveryMessageText({
          kind: 'event-batch',
          ...ofDelivery,
          eventBatch: 'lot_1',
          events: scene.eventBatch,
        }),
      },
      {
        what: 'retry',
        body: deliveryMessageText({ kind: 'delivery', delivery: { ...first, number: 2, trigger: 'retry' } }),
      },
      {
        what: 'retry of a replay',
        body: deliveryMessageText({
          kind: 'delivery',
          delivery: { ...first, number: 4, trigger: 'retry', replay: replayRun },
        }),
      },
      { what: 'replay', body: deliveryMessageText({ kind: 'replay', replayed: scene.replayed }) },
      { what: 'claim', body: deliveryMessageText({ kind: 'claim', claim: scene.claim }) },
    ].map((message) => ({ ...message, attributes: {} })),
  };
}

type Queue = ReturnType<typeof inMemoryQueue>;

async function only(what: string, send: (queue: Queue) => Promise<unknown>): Promise<KeptMessage> {
  const queue = inMemoryQueue();
  await send(queue);
  const [sent, ...others] = queue.sent;
  if (sent === undefined || others.length > 0) throw new Error(`${queue.sent.length} messages were sent.`);
  return kept(what, sent);
}

const kept = (what: string, { body, attributes = {} }: OutgoingMessage): KeptMessage => ({
  what,
  body,
  attributes,
});

const received = ({ body, attributes }: Pick<KeptMessage, 'body' | 'attributes'>): QueueMessage => ({
  id: 'message-1',
  body,
  attributes,
  groupId: 'erp',
  sentAt: NOW,
  faults: 0,
  receiveCount: 1,
});

/** Fan out a message with this version. Return the stored events and the number of messages that it sent. */
export async function fannedOut(message: KeptMessage): Promise<unknown> {
  const pipeline = inMemoryPipeline();
  await pipeline.projects.create(scene.project, []);
  for (const type of [scene.event.type, 'ancrage.*', 'x'])
    await pipeline.subscriptions.create(subscriptionRecord({ events: [type] }));
  if (message.what.startsWith('continuation')) await pipeline.events.putOnce(scene.event, 'before');
  const failed = await pipeline.fanOut()([received(message)]);
  const { items } = await pipeline.events.list('erp', {}, { limit: 10, cursor: null });
  return {
    failed: failed.length,
    setAside: pipeline.deadLetterQueue.sent.length,
    events: await Promise.all(items.map(({ id }) => pipeline.events.get('erp', id))),
    deliveries: pipeline.deliveriesQueue.sent.length,
    replays: pipeline.retriesQueue.sent.length,
  };
}

/** Read a delivery message in the form of the golden files, in which an event batch is a `lot`. */
export function asDelivery({ body }: KeptMessage): unknown {
  const message = readDeliveryMessage(body);
  if (message.kind !== 'event-batch') return message;
  const { project, subscriptionId } = message;
  const { part: lot, deliveries } = deliveriesOf(message);
  return {
    kind: 'lot',
    ...{ project, subscriptionId, lot },
    deliveries: deliveries.map(({ event: { eventBatch, ...event }, eventBatch: of, ...delivery }) => ({
      ...delivery,
      event: { ...event, ...(eventBatch !== undefined && { lot: eventBatch }) },
      lot: of,
    })),
  };
}

import { setAside } from '../../../core/fan-out/dead-letter.ts';
import { continuation } from '../../../core/fan-out/fan-out-step.ts';
import {
  claimText,
  type DeliveryMessage,
  deliveryText,
  lotText,
  readDeliveryMessage,
  replayText,
} from '../../../core/model/delivery-message.ts';
import { eventText } from '../../../core/model/event.ts';
import { deliveryExhausted } from '../../../core/model/operational-event.ts';
import type { OutgoingMessage, QueueMessage } from '../../../core/ports/message-queue.ts';
import { publishOwn } from '../../../core/publish/operational-events.ts';
import { publish } from '../../../core/publish/publish.ts';
import { silentLog } from '../in-memory/log.ts';
import { silentMetrics } from '../in-memory/metrics.ts';
import { inMemoryQueue } from '../in-memory/queue.ts';
import { inMemoryPipeline } from '../pipeline.ts';
import { NOW, subscriptionRecord } from '../records.ts';
import * as scene from './scene.ts';

/** A message as a queue keeps it. */
export interface KeptMessage {
  readonly what: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface KeptMessages {
  readonly events: readonly KeptMessage[];
  /** The deliveries and the retries queue have the same. */
  readonly deliveries: readonly KeptMessage[];
}

/** One of each message that waits in a queue while a version is deployed, as this version sends it. */
export async function sentMessages(): Promise<KeptMessages> {
  const { event, subscription, project, replayRun } = scene;
  const ofDelivery = { project: 'erp', subscriptionId: subscription.id };
  const text = eventText(event);
  const fromHere = { project: 'erp', eventId: event.id, pattern: 0, cursor: null };
  const asPublished = { type: event.type, id: event.id, data: event.data };
  return {
    events: [
      await only('published over HTTPS', ({ queue }) =>
        publish({ projects: { get: async () => project }, eventsQueue: queue, clock: () => NOW })('erp', [
          asPublished,
        ]),
      ),
      await only('of our own', ({ queue }) =>
        publishOwn({ eventsQueue: queue, clock: () => NOW, log: silentLog })(
          'erp',
          deliveryExhausted(subscription.id, event.id, event.type, 10),
        ),
      ),
      kept('continuation', continuation(fromHere)),
      kept(
        'continuation of a replay',
        continuation({ ...fromHere, replay: { id: replayRun.id, requestedAt: replayRun.requestedAt } }),
      ),
      await only('set aside', ({ queue }) =>
        setAside(
          { deadLetterQueue: queue, log: silentLog, metrics: silentMetrics },
          received({ body: JSON.stringify({ project: 'erp', type: 'x', data: {} }), attributes: {} }),
          'There was no project "erp".',
        ),
      ),
    ],
    deliveries: [
      { what: 'first attempt', body: deliveryText({ ...ofDelivery, number: 1, trigger: 'event' }, text) },
      {
        what: 'first attempts of a lot',
        body: lotText({ ...ofDelivery, lot: 'lot_1' }, scene.lot.map(eventText)),
      },
      { what: 'retry', body: deliveryText({ ...ofDelivery, number: 2, trigger: 'retry' }, text) },
      {
        what: 'retry of a replay',
        body: deliveryText({ ...ofDelivery, number: 4, trigger: 'retry', replay: replayRun }, text),
      },
      { what: 'replay', body: replayText(scene.replayed) },
      { what: 'claim', body: claimText(scene.claim) },
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
  sentAt: NOW,
  receiveCount: 1,
});

/** What this version's fan-out makes of a message: the event that it is, and how many messages follow from it. */
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

export const asDelivery = ({ body }: KeptMessage): DeliveryMessage => readDeliveryMessage(body);

import { beforeEach, expect, it } from 'vitest';
import { deliveryQueue } from '../../../../core/adapters/sqs/delivery-queue.ts';
import { UnavailableError, ValidationError } from '../../../../core/kernel/errors.ts';
import type { Event } from '../../../../core/model/event.ts';
import { resendDeliveries } from '../../../../core/replay/resend-deliveries.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { inMemoryPipeline, type Pipeline, refuseAll, takeAll } from '../../../support/pipeline.ts';
import { eventRecord, NOW, subscriptionRecord } from '../../../support/records.ts';

const SEED = { at: NOW + 1000, ulid: '01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' };

let pipeline: Pipeline;
beforeEach(() => {
  pipeline = inMemoryPipeline();
});

async function store(given: Partial<Event> = {}): Promise<string> {
  const event = eventRecord(given);
  await pipeline.events.putOnce(event, event.id);
  return event.id;
}
async function subscribe(given: Parameters<typeof subscriptionRecord>[0] = {}): Promise<string> {
  const subscription = subscriptionRecord({ retry: 'none', ...given });
  await pipeline.subscriptions.create(subscription);
  return subscription.id;
}
const resend = (deliveries: { eventId: string; subscriptionId: string }[], seed = SEED) => {
  const ports = { ...pipeline, retriesQueue: deliveryQueue(pipeline.retriesQueue.queue) };
  return resendDeliveries(ports, 'erp', { deliveries }, seed);
};
/** Deliver what is queued. Return the ids of the events that were sent. */
async function workOff(status = 200): Promise<string[]> {
  pipeline.endpoint.answer = () => answers(status);
  const before = pipeline.requests.length;
  expect(await pipeline.deliver()(takeAll(pipeline.retriesQueue))).toEqual([]);
  return pipeline.requests.slice(before).map(({ headers }) => headers['webhook-id'] ?? '');
}

it('makes exactly the deliveries that are named, each once', async () => {
  const [first, second] = [await store(), await store()];
  const [a, b] = [await subscribe(), await subscribe()];
  const wanted = [
    { eventId: first, subscriptionId: a },
    { eventId: second, subscriptionId: b },
    { eventId: first, subscriptionId: a },
  ];
  expect(await resend(wanted)).toBe(`rpl_${SEED.ulid}`);
  expect(pipeline.retriesQueue.sent.map(({ groupId }) => groupId)).toEqual(['erp', 'erp']);
  expect((await workOff()).toSorted()).toEqual([first, second]);
  const page = { limit: 9, cursor: null };
  const { items } = await pipeline.attemptLog.ofEvent('erp', first, page);
  expect(items).toMatchObject([{ subscriptionId: a, trigger: 'replay', number: 1 }]);
});

it('makes those that have not succeeded again if it is repeated with the same seed, and all with another', async () => {
  const [good, bad] = [await store(), await store()];
  const subscriptionId = await subscribe();
  const wanted = [good, bad].map((eventId) => ({ eventId, subscriptionId }));
  await resend(wanted);
  pipeline.endpoint.answer = ({ headers }) => answers(headers['webhook-id'] === bad ? 500 : 200);
  await pipeline.deliver()(takeAll(pipeline.retriesQueue));
  await resend(wanted);
  expect(await workOff()).toEqual([bad]);
  await resend(wanted, { ...SEED, at: SEED.at + 1 });
  expect((await workOff()).toSorted()).toEqual([good, bad]);
});

it('makes none if one cannot be made, and names all of those', async () => {
  const event = await store();
  const subscription = await subscribe();
  const wanted = [
    { eventId: event, subscriptionId: subscription },
    { eventId: 'evt_none', subscriptionId: subscription },
    { eventId: await store({ suppress: true }), subscriptionId: subscription },
    { eventId: event, subscriptionId: 'sub_none' },
    { eventId: event, subscriptionId: await subscribe({ enabled: false }) },
    { eventId: event, subscriptionId: await subscribe({ events: ['other'] }) },
    { eventId: event, subscriptionId: await subscribe({ project: 'crm' }) },
    { eventId: await store({ project: 'crm' }), subscriptionId: subscription },
  ];
  const error = await resend(wanted).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ValidationError);
  expect(error.faults.map(({ path }: { path: string }) => path)).toEqual([
    'deliveries.1.eventId',
    'deliveries.2.eventId',
    'deliveries.3.subscriptionId',
    'deliveries.4.subscriptionId',
    'deliveries.5.subscriptionId',
    'deliveries.6.subscriptionId',
    'deliveries.7.eventId',
  ]);
  expect(pipeline.retriesQueue.sent).toEqual([]);
});

it('asks for another try if they cannot be queued', async () => {
  const wanted = [{ eventId: await store(), subscriptionId: await subscribe() }];
  refuseAll(pipeline.retriesQueue);
  await expect(resend(wanted)).rejects.toThrow(UnavailableError);
});

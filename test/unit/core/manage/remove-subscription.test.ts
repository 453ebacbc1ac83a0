import { expect, it } from 'vitest';
import { removeSubscription } from '../../../../core/manage/remove-subscription.ts';
import { ENDS_AFTER_MS } from '../../../../core/ports/subscription-store.ts';
import { inMemoryPipeline, takeAll } from '../../../support/pipeline.ts';
import { eventRecord, NOW, subscriptionRecord, waitingRecord } from '../../../support/records.ts';

it('ends with a removed subscription everything that waits, also if its owner had paused it', async () => {
  const pipeline = inMemoryPipeline();
  const subscription = subscriptionRecord({ paused: true });
  const { id: subscriptionId } = subscription;
  await pipeline.subscriptions.create(subscription);
  const events = [eventRecord(), eventRecord()];
  for (const event of events) await pipeline.events.putOnce(event, 'm1');
  await pipeline.mailbox.write(
    events.map(({ id: eventId }, n) =>
      waitingRecord({ subscriptionId, eventId, number: n + 1, dueAt: NOW + n * 3_600_000 }),
    ),
  );
  await removeSubscription(pipeline, 'erp', subscriptionId);
  pipeline.time.now += ENDS_AFTER_MS;
  await pipeline.sweep();
  expect(await pipeline.pump()(takeAll(pipeline.pumpsQueue))).toEqual([]);
  expect(pipeline.requests).toEqual([]);
  expect(await pipeline.mailbox.count(subscriptionId, 10)).toBe(0);
  expect(await pipeline.flows.get(subscriptionId)).toBeNull();
  expect(pipeline.lines.filter(({ message }) => message === 'delivery cancelled')).toHaveLength(2);
});

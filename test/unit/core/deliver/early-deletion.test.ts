import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIRECT } from '../../../../core/model/flow.ts';
import type { QueueMessage } from '../../../../core/model/queue-message.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { deliveryBody, received } from '../../../support/pipeline.ts';
import { inFakeTime, type Pumped, pumped } from '../../../support/pumped.ts';
import { eventRecord } from '../../../support/records.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Return the message of a first attempt whose event has this id. */
const messageOf = (world: Pumped, eventId: string): QueueMessage => {
  const event = eventRecord({ id: eventId });
  const delivery = { project: 'erp', subscriptionId: world.id, number: 1, trigger: 'event', event } as const;
  return { ...received({ body: deliveryBody(delivery) }), id: `message of ${eventId}` };
};

/** Create a direct endpoint that answers a slow event after so many milliseconds. */
async function direct(slowMs: number): Promise<Pumped> {
  const world = await pumped({ flow: DIRECT });
  world.endpoint.answer = async (eventId) => {
    // So late that its record still waits for others.
    await new Promise((resolve) => setTimeout(resolve, eventId === 'slow' ? slowMs : 970));
    return answers(200);
  };
  return world;
}

describe('a message that is handled while others of its batch take longer', () => {
  it('is deleted within a second, when its attempt is recorded', async () => {
    const world = await direct(5000);
    const batch = ['fast', 'slow'].map((eventId) => messageOf(world, eventId));
    const delivering = world.pipeline.deliver()(batch);
    await vi.advanceTimersByTimeAsync(1010);
    expect(world.pipeline.deleted).toEqual(['message of fast']);
    expect((await world.attempts()).map(({ eventId }) => eventId)).toEqual(['fast']);
    expect(await inFakeTime(delivering)).toEqual([]);
    expect(world.pipeline.deleted).toEqual(['message of fast']);
  });

  it('is left to Lambda if the invocation ends before', async () => {
    const world = await direct(980);
    const batch = ['fast', 'slow'].map((eventId) => messageOf(world, eventId));
    expect(await inFakeTime(world.pipeline.deliver()(batch))).toEqual([]);
    expect(world.pipeline.deleted).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not deleted if it was not handled', async () => {
    const world = await direct(5000);
    const unread = { ...messageOf(world, 'unread'), body: 'no delivery' };
    const again = await inFakeTime(world.pipeline.deliver()([unread, messageOf(world, 'slow')]));
    expect(again).toEqual(['message of unread']);
    expect(world.pipeline.deleted).toEqual([]);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { NEW_PACE } from '../../../../core/model/flow-state.ts';
import { pumpMessageText } from '../../../../core/model/pump-message.ts';
import { answers } from '../../../support/in-memory/sender.ts';
import { received } from '../../../support/pipeline.ts';
import { inFakeTime, PACED, type Pumped, pumped } from '../../../support/pumped.ts';
import { eventRecord, NOW, subscriptionRecord, unique, waitingRecord } from '../../../support/records.ts';

const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
});
const eventsOf = ({ sent }: Pumped) => new Set(sent.map(({ eventId }) => eventId));

describe('of several pumps', () => {
  it('one sends, whether they are of one invocation or of several', async () => {
    const world = await pumped({ maxInFlight: 1 });
    await world.putMany(50);
    const pumps = [world.pipeline.pump(), world.pipeline.pump(), world.pipeline.pump()];
    const results = pumps.map((pump) => pump([world.message(), world.message()]));
    expect(await inFakeTime(Promise.all(results))).toEqual([[], [], []]);
    expect(world.load.most).toBe(1);
    expect(world.sent).toHaveLength(50);
    expect(eventsOf(world).size).toBe(50);
  });

  it('one sends, even if its requests take longer than its turn', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 30_000;
    await world.putMany(2);
    const first = world.pipeline.pump()([world.message()]);
    for (let n = 0; n < 3; n++) {
      await vi.advanceTimersByTimeAsync(9000);
      await world.pipeline.flows.wake('erp', world.id, Date.now(), true);
      expect(await world.pipeline.pump()([world.message()])).toEqual([]);
      expect(world.sent).toHaveLength(1);
    }
    await inFakeTime(first);
    expect(world.load.most).toBe(1);
  });

  it('the one that has lost the lease stops, and the other one sends the rest', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 500;
    await world.putMany(30);
    const { renew, release } = world.pipeline.flows;
    world.pipeline.flows.renew = async () => false;
    world.pipeline.flows.release = async () => null;
    await world.turn();
    expect(Math.max(...world.sent.map(({ at }) => at))).toBeLessThanOrEqual(10_000);
    expect(world.pipeline.pumpsQueue.sent).toEqual([]);
    expect((await world.box()).length).toBe(30 - world.sent.length);
    Object.assign(world.pipeline.flows, { renew, release });
    await vi.advanceTimersByTimeAsync(200_000);
    await world.pipeline.sweep();
    await world.nextTurn();
    expect(await world.box()).toEqual([]);
    expect(eventsOf(world).size).toBe(30);
    expect(world.sent).toHaveLength(30);
  });

  it.each([
    { diesAfterMs: 0, leaseEnds: 60_000 },
    { diesAfterMs: 45_000, leaseEnds: 100_000 },
  ])(
    'one that dies after $diesAfterMs ms is replaced within a minute after its lease',
    async ({ diesAfterMs, leaseEnds }) => {
      const world = await pumped({ maxInFlight: 1 });
      await world.putMany(3);
      const { answer } = world.endpoint;
      const { renew } = world.pipeline.flows;
      const never = new Promise<never>(() => {});
      world.endpoint.answer = () => never;
      world.pipeline.flows.renew = async (...given) =>
        Date.now() - NOW > diesAfterMs ? never : renew(...given);
      void world.pipeline.pump()([world.message()]);
      await vi.advanceTimersByTimeAsync(20_000);
      world.endpoint.answer = answer;
      let at: number | null = null;
      while (at === null && Date.now() < NOW + 5 * MINUTE) {
        await vi.advanceTimersByTimeAsync(MINUTE - ((Date.now() - NOW) % MINUTE));
        await world.pipeline.sweep();
        at = await world.nextTurn();
      }
      expect(at).toBeGreaterThanOrEqual(leaseEnds);
      expect(at).toBeLessThanOrEqual(leaseEnds + MINUTE);
      expect(await world.box()).toEqual([]);
    },
  );

  it('the one that has lost the lease overwrites nothing that the other one has stored', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 500;
    await world.putMany(30);
    world.pipeline.flows.renew = async () => false;
    world.pipeline.flows.release = async () => null;
    const turn = world.pipeline.pump()([world.message()]);
    await vi.advanceTimersByTimeAsync(9900);
    const stored = {
      pace: { ...NEW_PACE, window: 7, perSecond: 3 },
      pull: { before: NOW, what: 'all' },
    } as const;
    await world.changeState(stored);
    await inFakeTime(turn);
    expect((await world.item())?.state).toMatchObject(stored);
    expect(world.logged('mailbox pumped')).toHaveLength(1);
  });

  it('the one that has lost the lease wakes the next for what it puts back', async () => {
    const world = await pumped({ retry: [60] });
    await world.putMany(1);
    const { take, release } = world.pipeline.flows;
    world.pipeline.flows.take = async (lease, times) => {
      world.endpoint.answer = async () => {
        await release(lease, NOW + 1, false);
        await world.pipeline.flows.idle(world.id, NOW + 1);
        return answers(500);
      };
      return take(lease, times);
    };
    await world.turn();
    expect(await world.box()).toMatchObject([{ number: 2 }]);
    expect((await world.item())?.dueAt).toBe((await world.box())[0]?.dueAt);
  });

  it('the one that cannot renew its lease sends until ten seconds before its end', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.pipeline.flows.renew = async () => Promise.reject(new Error('throttled'));
    world.endpoint.ms = 45_000;
    await world.putMany(5);
    await world.turn();
    expect(world.sent).toHaveLength(1);
  });

  it('the next takes over from one that has died, and repeats what it has not removed', async () => {
    const world = await pumped({ maxInFlight: 1 });
    await world.putMany(3);
    const { take } = world.pipeline.flows;
    world.pipeline.flows.take = async (...given) => {
      await take(...given);
      throw new Error('out of memory');
    };
    await world.turn();
    world.pipeline.flows.take = take;
    await world.turn();
    expect(world.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    await world.putMany(1);
    await vi.advanceTimersByTimeAsync(140_000);
    await world.turn();
    expect(eventsOf(world).size).toBe(4);
  });
});

describe('the turns of an invocation', () => {
  /** Fill the mailbox of another subscription that may have as many requests open. */
  async function another(world: Pumped, count: number, maxInFlight: number) {
    const { pipeline } = world;
    const { id } = subscriptionRecord({ flow: PACED, maxInFlight });
    await pipeline.subscriptions.create(subscriptionRecord({ id, flow: PACED, maxInFlight }));
    await pipeline.flows.change('erp', id, (state) => ({
      ...state,
      pace: { ...state.pace, window: maxInFlight },
    }));
    for (let n = 0; n < count; n++) {
      const eventId = unique('evt');
      await pipeline.events.putOnce(eventRecord({ id: eventId }), eventId);
      await pipeline.mailbox.write([waitingRecord({ subscriptionId: id, eventId })]);
    }
    await pipeline.flows.wake('erp', id, NOW, true);
    return received({ body: pumpMessageText({ project: 'erp', subscriptionId: id }) });
  }

  it('run side by side', async () => {
    const world = await pumped({ maxInFlight: 1 });
    world.endpoint.ms = 1000;
    await world.putMany(3);
    const other = await another(world, 3, 1);
    await inFakeTime(world.pipeline.pump()([world.message(), other]));
    expect(world.sent.map(({ at }) => Math.floor(at / 1000))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('share two hundred sockets', async () => {
    const world = await pumped();
    world.endpoint.ms = 1000;
    const messages = [await another(world, 300, 150), await another(world, 300, 150)];
    await inFakeTime(world.pipeline.pump()(messages));
    expect(world.load.most).toBe(200);
    expect(eventsOf(world).size).toBe(600);
    expect(world.sent).toHaveLength(600);
  });

  it('begin nothing after their time, whoever they wait for', async () => {
    const world = await pumped();
    world.endpoint.ms = 25_000;
    const messages = [await another(world, 150, 150), await another(world, 150, 150)];
    const pump = world.pipeline.pump();
    await inFakeTime(pump(messages));
    expect(world.sent).toHaveLength(200);
    expect(world.pipeline.pumpsQueue.sent).toHaveLength(2);
  });
});

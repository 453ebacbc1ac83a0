import { describe, expect, it } from 'vitest';
import type { DueWork } from '../../core/model/due-work.ts';
import type { DueWorkStore } from '../../core/ports/due-work-store.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import type { HealthStore } from '../../core/ports/health-store.ts';
import type { ParkedDeliveries } from '../../core/ports/parked-deliveries.ts';
import type { ReplayJobStore } from '../../core/ports/replay-job-store.ts';
import { simulate } from './simulate.ts';
import type { SimulatedQueue } from './simulated-queue.ts';
import type { Variant } from './world.ts';

const SEEDS = 200;

describe('the pipeline, under simulated faults,', () => {
  it(`loses nothing, keeps its times and numbers, and stops after a subscription has ended (${SEEDS} seeds)`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++)
      expect(await simulate(seed), `npm run simulate -- --seed ${seed}`).toEqual([]);
  });

  it('behaves the same with the same seed', async () => {
    const broken: Variant = { cacheMs: Number.POSITIVE_INFINITY };
    for (let seed = 1; seed <= 40; seed++)
      expect(await simulate(seed, broken)).toEqual(await simulate(seed, broken));
  });
});

describe('the simulation catches', () => {
  const isCaught = async (variant: Variant, breach: RegExp): Promise<boolean> => {
    for (let seed = 1; seed <= SEEDS; seed++)
      if ((await simulate(seed, variant)).some((told) => breach.test(told))) return true;
    return false;
  };

  it('an acknowledgement before the next attempt is scheduled', async () => {
    const hopeful = (queue: SimulatedQueue) => {
      const send = queue.send.bind(queue);
      queue.send = async (messages) => {
        await send(messages);
        return new Set();
      };
      return queue;
    };
    expect(await isCaught({ retriesQueue: hopeful }, /lost/)).toBe(true);
  });

  it('a claim without a lease', async () => {
    const forgetful = (dueWork: DueWorkStore): DueWorkStore => {
      const taken = new Map<string, DueWork>();
      return {
        ...dueWork,
        // The item is removed at once: if the worker dies, the work is lost.
        async claim({ key, dueAt }, lease) {
          const claimed = await dueWork.claim({ key, dueAt }, lease);
          const held = await dueWork.claimed({ key, lease }, lease);
          if (held !== null) taken.set(key, held.work);
          await dueWork.complete({ key, lease });
          return claimed;
        },
        async claimed(claim) {
          const work = taken.get(claim.key);
          return work === undefined ? null : { claim, work };
        },
      };
    };
    expect(await isCaught({ dueWork: forgetful }, /lost/)).toBe(true);
  });

  it('a retry without its delay', async () => {
    const impatient = (queue: SimulatedQueue) => {
      const send = queue.send.bind(queue);
      queue.send = (messages) => send(messages.map((message) => ({ ...message, delaySeconds: 0 })));
      return queue;
    };
    expect(await isCaught({ retriesQueue: impatient }, /ms early/)).toBe(true);
  });

  it('a breaker that drains the youngest event first', async () => {
    const reversed = (parked: ParkedDeliveries): ParkedDeliveries => ({
      ...parked,
      held: async (id) => (await parked.held(id, 1000)).toReversed(),
    });
    expect(await isCaught({ parked: reversed }, /after a younger one/)).toBe(true);
  });

  it('a breaker that opens without a probe', async () => {
    const abandoned = (health: HealthStore): HealthStore => ({
      ...health,
      openBreaker: (breaker) => health.openBreaker(breaker, Number.POSITIVE_INFINITY),
    });
    const forEver = (parked: ParkedDeliveries): ParkedDeliveries => ({
      ...parked,
      park: (delivery) =>
        parked.park(delivery.held ? { ...delivery, scheduledFor: Number.POSITIVE_INFINITY } : delivery),
    });
    expect(await isCaught({ health: abandoned, parked: forEver }, /still under way/)).toBe(true);
  });

  it('a replay job that saves its progress before it sends its deliveries', async () => {
    const hasty = (jobs: ReplayJobStore): ReplayJobStore => ({
      ...jobs,
      save: (claim, job, lease) =>
        jobs.save(claim, job.state === 'running' ? { ...job, state: 'done', done: job.total } : job, lease),
    });
    expect(await isCaught({ jobs: hasty }, /left out/)).toBe(true);
  });

  it('an event batch that is delivered without being in the log', async () => {
    const careless = (events: EventStore): EventStore => ({ ...events, append: async () => {} });
    expect(await isCaught({ events: careless }, /missing in the log/)).toBe(true);
  });

  it('a cache that never expires', async () => {
    expect(await isCaught({ cacheMs: Number.POSITIVE_INFINITY }, /after the subscription had ended/)).toBe(
      true,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ParkedDeliveries } from '../../core/ports.ts';
import { simulate } from './simulate.ts';
import type { SimulatedQueue } from './simulated-queue.ts';
import type { Variant } from './world.ts';

const SEEDS = 200;

describe('whatever happens to it, the pipeline', () => {
  it(`loses nothing, keeps its times and numbers, and stops when told to (${SEEDS} seeds)`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++)
      expect(await simulate(seed), `npm run simulate -- --seed ${seed}`).toEqual([]);
  });

  it('does the same with the same seed', async () => {
    const broken: Variant = { cacheMs: Number.POSITIVE_INFINITY };
    for (let seed = 1; seed <= 40; seed++)
      expect(await simulate(seed, broken)).toEqual(await simulate(seed, broken));
  });
});

describe('the simulation catches', () => {
  const caughtWithin = async (variant: Variant): Promise<string | undefined> => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const [breach] = await simulate(seed, variant);
      if (breach !== undefined) return breach;
    }
    return undefined;
  };

  it('acknowledging before the next attempt is scheduled', async () => {
    const hopeful = (queue: SimulatedQueue) => {
      const send = queue.send.bind(queue);
      queue.send = async (messages) => {
        await send(messages);
        return new Set();
      };
      return queue;
    };
    expect(await caughtWithin({ retriesQueue: hopeful })).toMatch(/lost/);
  });

  it('claiming without a lease', async () => {
    const forgetful = (parked: ParkedDeliveries): ParkedDeliveries => ({
      ...parked,
      // Taken out for good: who dies with it has lost it.
      async claim(due, lease) {
        const delivery = await parked.claim(due, lease);
        if (delivery !== null) await parked.complete({ ...delivery, lease });
        return delivery;
      },
      claimed: async (claim) => ({ ...claim, project: 'erp', number: 3, scheduledFor: 0 }),
    });
    expect(await caughtWithin({ parked: forgetful })).toBeDefined();
  });

  it('forgetting how long to wait', async () => {
    const impatient = (queue: SimulatedQueue) => {
      const send = queue.send.bind(queue);
      queue.send = (messages) => send(messages.map((message) => ({ ...message, delaySeconds: 0 })));
      return queue;
    };
    expect(await caughtWithin({ retriesQueue: impatient })).toMatch(/ms early/);
  });

  it('a cache that never expires', async () => {
    expect(await caughtWithin({ cacheMs: Number.POSITIVE_INFINITY })).toMatch(
      /after the subscription had ended/,
    );
  });
});

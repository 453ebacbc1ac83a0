import { breaches } from './invariants.ts';
import { Random } from './random.ts';
import { type Variant, World } from './world.ts';

/** Run one seed. Return the invariants that it breached. */
export async function simulate(seed: number, variant: Variant = {}): Promise<string[]> {
  const world = new World(seed, variant);
  await runWith(seed, world);
  return breaches(world);
}

/** Return the digest of a seed's visible behaviour. `print` also writes each line of it to standard output. */
export async function traceOf(seed: number, print: boolean): Promise<string> {
  const world = new World(seed, {}, print);
  await runWith(seed, world);
  return world.trace.digest();
}

/**
 * Run a world with ids drawn from the seed, because an id determines an item's shard of the due index, and with timers in
 * virtual time.
 */
async function runWith(seed: number, world: World): Promise<void> {
  const random = new Random(seed);
  const { getRandomValues } = crypto;
  const { setTimeout, clearTimeout } = globalThis;
  crypto.getRandomValues = (bytes) => {
    if (bytes instanceof Uint8Array) for (const index of bytes.keys()) bytes[index] = random.integer(256);
    return bytes;
  };
  Object.assign(globalThis, world.time.timers());
  try {
    await world.run();
  } finally {
    crypto.getRandomValues = getRandomValues;
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

import { breaches } from './invariants.ts';
import { Random } from './random.ts';
import { type Variant, World } from './world.ts';

/** Runs one seed. Answers what it broke; nothing if all held. */
export async function simulate(seed: number, variant: Variant = {}): Promise<string[]> {
  const world = new World(seed, variant);
  await runWith(seed, world);
  return breaches(world);
}

/** The digest of all that a seed's run showed to the outside. `print` writes each line of it to standard output, too. */
export async function traceOf(seed: number, print: boolean): Promise<string> {
  const world = new World(seed, {}, print);
  await runWith(seed, world);
  return world.trace.digest();
}

/**
 * Draws new ids from the seed, since an id decides in which shard of the due index an item waits, and runs timers in virtual
 * time.
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

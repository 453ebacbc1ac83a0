import { inVirtualTime } from './in-virtual-time.ts';
import { breaches } from './invariants.ts';
import { type Variant, World } from './world.ts';

/** Run one seed. Return the invariants that it breached. */
export async function simulate(seed: number, variant: Variant = {}): Promise<string[]> {
  const world = new World(seed, variant);
  await inVirtualTime(seed, world.time, () => world.run());
  return breaches(world);
}

/** Return the digest of a seed's visible behaviour. `print` also writes each line of it to standard output. */
export async function traceOf(seed: number, print: boolean): Promise<string> {
  const world = new World(seed, {}, print);
  await inVirtualTime(seed, world.time, () => world.run());
  return world.trace.digest();
}

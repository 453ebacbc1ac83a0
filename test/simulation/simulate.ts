import { breaches } from './invariants.ts';
import { type Variant, World } from './world.ts';

/** Runs one seed. Answers what it broke; nothing if all held. */
export async function simulate(seed: number, variant: Variant = {}): Promise<string[]> {
  const world = new World(seed, variant);
  await world.run();
  return breaches(world);
}

/** The digest of all that a seed's run showed to the outside. `print` writes each line of it to standard output, too. */
export async function traceOf(seed: number, print: boolean): Promise<string> {
  const world = new World(seed, {}, print);
  await world.run();
  return world.trace.digest();
}

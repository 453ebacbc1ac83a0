import { breaches } from './invariants.ts';
import { type Variant, World } from './world.ts';

/** Runs one seed. Answers what it broke; nothing if all held. */
export async function simulate(seed: number, variant: Variant = {}): Promise<string[]> {
  const world = new World(seed, variant);
  await world.run();
  return breaches(world);
}

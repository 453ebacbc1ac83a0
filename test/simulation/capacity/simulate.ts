import { NOW } from '../../support/records.ts';
import { inVirtualTime } from '../in-virtual-time.ts';
import type { Variant } from './functions.ts';
import type { Figures, Scenario } from './scenario.ts';
import { World } from './world.ts';

export interface Run {
  readonly figures: Figures;
  /** The invariants that do not hold, in words. */
  readonly breaches: readonly string[];
}

/** How often a scenario is asked whether it is over. */
const LOOK_MS = 10_000;

interface Options {
  readonly variant?: Variant;
  /** Receives a line for every request and log line. */
  readonly print?: (line: string) => void;
}

/** Run a scenario with a seed. */
export async function simulate(scenario: Scenario, seed: number, options: Options = {}): Promise<Run> {
  const { variant = {}, print } = options;
  const world = new World(seed, scenario.world ?? {}, variant, print);
  await inVirtualTime(seed, world.time, async () => {
    await scenario.arrange(world);
    const end = NOW + scenario.lastsMs;
    while (world.time.now < end) {
      await world.time.runUntil(Math.min(end, world.time.now + LOOK_MS));
      if (scenario.isOver?.(world)) break;
    }
  });
  const figures = scenario.measure(world);
  const breaches = scenario.invariants.filter(({ holds }) => !holds(figures)).map(({ says }) => says);
  return { figures, breaches };
}

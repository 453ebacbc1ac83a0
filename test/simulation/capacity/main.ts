import type { Figures, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { simulate } from './simulate.ts';

/** Run scenarios with a range of seeds, and print the figures and the breaches of each. Return how many runs had a breach. */
export async function simulateCapacity(
  name: string | undefined,
  from: number,
  count: number,
): Promise<number> {
  let failed = 0;
  for (const scenario of chosen(name))
    for (let seed = from; seed < from + count; seed++) {
      const startedAt = performance.now();
      const { figures, breaches } = await simulate(scenario, seed);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (breaches.length > 0) failed++;
      console.log(
        `${breaches.length > 0 ? 'BREACH' : 'holds '} ${scenario.name}, seed ${seed} (${seconds} s)`,
      );
      console.log(`  ${scenario.about}\n  ${textOf(figures)}`);
      for (const breach of breaches) console.log(`  not: ${breach}`);
    }
  return failed;
}

/** Return the scenarios whose name is, or begins with, the given one. */
function chosen(name: string | undefined): readonly Scenario[] {
  if (name === undefined) return SCENARIOS;
  const found = SCENARIOS.filter((scenario) => scenario.name.startsWith(name));
  if (found.length > 0) return found;
  throw new Error(
    `There is no scenario "${name}". There are: ${SCENARIOS.map((one) => one.name).join(', ')}.`,
  );
}

const textOf = (figures: Figures) =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : Number(value.toPrecision(3))}`)
    .join(', ');

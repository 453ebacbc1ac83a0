import type { Figures, Scenario } from './scenario.ts';
import { SCENARIOS, scenarioNamed } from './scenarios/index.ts';
import { type Run, simulate } from './simulate.ts';

interface Options {
  /** The name of a scenario, or the beginning of several names. @default all */
  readonly name: string | undefined;
  readonly seeds: readonly number[];
  /** Print every request and log line. */
  readonly trace: boolean;
}

/** Run scenarios with each seed, and print the range of their figures. Return how many breached an invariant. */
export async function simulateCapacity({ name, seeds, trace }: Options): Promise<number> {
  let failed = 0;
  for (const scenario of chosen(name)) {
    const startedAt = performance.now();
    const runs = new Map<number, Run>();
    for (const seed of seeds)
      runs.set(seed, await simulate(scenario, seed, trace ? { print: (line) => console.log(line) } : {}));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const breaches = breachesOf(runs);
    if (breaches.length > 0) failed++;
    console.log(`${breaches.length > 0 ? 'BREACH' : 'holds '} ${scenario.name} (${seconds} s)`);
    console.log(`  ${scenario.about}\n  ${textOf([...runs.values()].map(({ figures }) => figures))}`);
    for (const breach of breaches) console.log(`  not: ${breach}`);
  }
  return failed;
}

function chosen(name: string | undefined): readonly Scenario[] {
  if (name === undefined) return SCENARIOS;
  const found = SCENARIOS.filter((scenario) => scenario.name.startsWith(name));
  return found.length > 0 ? found : [scenarioNamed(name)];
}

/** Return the invariants that were breached, each with its seeds. */
function breachesOf(runs: ReadonlyMap<number, Run>): string[] {
  const seedsOf = new Map<string, number[]>();
  for (const [seed, { breaches }] of runs)
    for (const says of breaches) seedsOf.set(says, [...(seedsOf.get(says) ?? []), seed]);
  return [...seedsOf].map(([says, seeds]) =>
    seeds.length === runs.size ? says : `${says} (seeds ${seeds.join(', ')} of ${runs.size})`,
  );
}

/** Return each figure, or its smallest and its largest value. */
function textOf(all: readonly Figures[]): string {
  return Object.keys(all[0] ?? {})
    .map((name) => {
      const values = all.map((figures) => figures[name] ?? 0);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      return `${name} ${least === most ? rounded(least) : `${rounded(least)} to ${rounded(most)}`}`;
    })
    .join(', ');
}

const rounded = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));

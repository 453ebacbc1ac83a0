import { expect, it } from 'vitest';
import { PASSED, scenarioNamed } from './capacity/scenarios/index.ts';
import { simulate } from './capacity/simulate.ts';

/** The short test runs the seeds before these. */
const SEEDS = [3, 4, 5];

it.each([...PASSED.quick, ...PASSED.long])(
  'the capacity of the pipeline suffices for %s',
  {
    timeout: 600_000,
  },
  async (name) => {
    for (const seed of SEEDS)
      expect(
        (await simulate(scenarioNamed(name), seed)).breaches,
        `npm run simulate -- capacity --scenario ${name} --seed ${seed}`,
      ).toEqual([]);
  },
);

import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** The short simulation runs the seeds before these. `npm run simulate` runs more. */
const [FROM, SEEDS] = [201, 2000];

it(`the pipeline loses nothing and keeps its times and numbers (${SEEDS} seeds)`, {
  timeout: 600_000,
}, async () => {
  for (let seed = FROM; seed < FROM + SEEDS; seed++)
    expect(await simulate(seed), `npm run simulate -- --seed ${seed}`).toEqual([]);
});

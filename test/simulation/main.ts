import { parseArgs } from 'node:util';
import { simulateCapacity } from './capacity/main.ts';
import { simulate, traceOf } from './simulate.ts';

/**
 * Run `npm run simulate [-- --seeds 10000 --from 1]`, or `-- --seed N` for one that failed. With `--trace` it prints a digest of
 * each seed's visible behaviour, to compare a refactoring with the version before; `--seed N --trace` prints all of it.
 *
 * `npm run simulate -- capacity [--scenario NAME]` runs the scenarios of capacity, each with one seed unless
 * told otherwise; `--trace` prints every request and log line with its second.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    scenario: { type: 'string' },
  },
});

const isCapacity = positionals[0] === 'capacity';
const from = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds ?? (isCapacity ? 1 : 10_000)) : 1;
if (!Number.isInteger(from) || !Number.isInteger(count) || count < 1) {
  console.error('--seeds, --from and --seed take whole numbers.');
  process.exit(2);
}
if (isCapacity) {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const failed = await simulateCapacity({ name: values.scenario, seeds, trace: values.trace });
  process.exit(failed > 0 ? 1 : 0);
}
if (values.trace) {
  for (let seed = from; seed < from + count; seed++)
    console.log(`${seed} ${await traceOf(seed, values.seed !== undefined)}`);
  process.exit(0);
}
let failed = 0;
for (let seed = from; seed < from + count; seed++) {
  const breaches = await simulate(seed);
  if (breaches.length === 0) continue;
  failed++;
  console.error(`Seed ${seed} (again with: npm run simulate -- --seed ${seed})\n  ${breaches.join('\n  ')}`);
}
console.log(`${count} seeds, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

import { parseArgs } from 'node:util';
import { simulate, traceOf } from './simulate.ts';

/**
 * Run `npm run simulate [-- --seeds 10000 --from 1]`, or `-- --seed N` for one that failed. With `--trace` it prints a digest of
 * each seed's visible behaviour, to compare a refactoring with the version before; `--seed N --trace` prints all of it.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});

const from = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (!Number.isInteger(from) || !Number.isInteger(count) || count < 1) {
  console.error('--seeds, --from and --seed take whole numbers.');
  process.exit(2);
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

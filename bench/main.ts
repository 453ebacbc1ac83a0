import { parseArgs } from 'node:util';
import { type Bench, missed, type Result, readOptions, toParseArgs } from './bench.ts';
import { BENCHES } from './benches.ts';
import { writeDocument } from './report/document.ts';
import { machine } from './report/machine.ts';
import { type Run, type Shelf, save } from './report/runs.ts';

const FLAGS = {
  quick: { type: 'boolean' },
  keep: { type: 'boolean' },
  before: { type: 'boolean' },
} as const;

// As `npm start` has it: threads share their process's pool, which starts at its first use.
process.env.UV_THREADPOOL_SIZE ??= '64';

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (name === 'document') writeDocument();
else if (name === 'all') for (const each of Object.keys(BENCHES)) await run(each, BENCHES[each] as Bench);
else if (bench !== undefined) await run(name, bench);
else usage();
// The engines' sockets would hold the process for as long as they linger.
process.exit();

function usage(): void {
  console.log(`Usage: npm run bench -- <name> [--quick] [--keep [--before]] [options]
       npm run bench -- all [--quick] [--keep]
       npm run bench -- document

  --quick   fewer rounds: a look, not a measurement
  --keep    keeps the run for the document, with --before as what was before a change
  document  draws docs/performance.md anew from the runs that were kept
`);
  for (const [each, { summary, options }] of Object.entries(BENCHES)) {
    const flags = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
    console.log(`  ${each}  ${summary}\n      ${flags.join(' ')}`);
  }
  process.exitCode = name === '' ? 0 : 2;
}

async function run(name: string, bench: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: { ...FLAGS, ...toParseArgs(bench) } });
  const options = readOptions(bench, values);
  const startedAt = performance.now();
  const { files = {}, ...result } = await bench.run(options);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  print(bench, result, seconds);
  const run: Run = { at: new Date().toISOString(), machine: machine(), options, seconds, ...result };
  const shelf: Shelf = values.keep ? (values.before ? 'before' : 'kept') : 'results';
  save(shelf, name, run);
  for (const [file, content] of Object.entries(files)) save(shelf, `${name}-${file}`, content);
}

function print({ title }: Bench, result: Result, seconds: number): void {
  const { tables, ratios = [], failure } = result;
  console.log(`\n# ${title} (${seconds} s)`);
  for (const { title, rows } of tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
  if (ratios.length > 0) console.table(ratios);
  const misses = missed(result).map(({ name, value, most }) => `${name}: ${value}, the target is ${most}.`);
  for (const reason of failure === undefined ? misses : [...misses, failure]) {
    console.error(reason);
    process.exitCode = 1;
  }
}

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

// The same pool size as with `npm start`, because all threads of the process share the pool. Node creates it at first
// use.
process.env.UV_THREADPOOL_SIZE ??= '64';

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (name === 'document') writeDocument();
else if (name === 'all') for (const each of Object.keys(BENCHES)) await run(each, BENCHES[each] as Bench);
else if (bench !== undefined) await run(name, bench);
else usage();
// Lingering sockets of the engines would keep the process alive.
process.exit();

function usage(): void {
  console.log(`Usage: npm run bench -- <name> [--quick] [--keep [--before]] [options]
       npm run bench -- all [--quick] [--keep]
       npm run bench -- document

  --quick   run fewer rounds, for a rough result
  --keep    keep the run for the document; with --before, keep it as the run before a change
  document  regenerate docs/performance.md from the kept runs
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
  const misses = missed(result).map(
    ({ name, value, most }) => `${name}: ${value} exceeds the target ${most}.`,
  );
  for (const reason of failure === undefined ? misses : [...misses, failure]) {
    console.error(reason);
    process.exitCode = 1;
  }
}

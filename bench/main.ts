import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, toParseArgs } from './bench.ts';
import { crash } from './crash.ts';
import { creations } from './creations.ts';
import { isolation } from './isolation.ts';
import { templates } from './templates.ts';

const BENCHES: Readonly<Record<string, Bench>> = { crash, creations, isolation, templates };

// As `npm start` has it: threads share their process's pool, which starts at its first use.
process.env.UV_THREADPOOL_SIZE ??= '64';

const [name, ...args] = process.argv.slice(2);
const bench = BENCHES[name ?? ''];
if (bench === undefined) {
  console.log('Usage: npm run bench -- <name> [options]\n');
  for (const [each, { summary, options }] of Object.entries(BENCHES)) {
    const flags = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
    console.log(`  ${each}  ${summary}\n      ${flags.join(' ')}`);
  }
  process.exitCode = name === undefined ? 0 : 2;
} else {
  await run(name as string, bench);
  // The engines' sockets would hold the process for as long as they linger.
  process.exit();
}

async function run(name: string, bench: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: toParseArgs(bench) });
  const options = Object.fromEntries(
    Object.entries(values).map(([option, text]) => {
      if (!/^\d+$/.test(String(text))) throw new Error(`--${option} takes a whole number, not ${text}`);
      return [option, Number(text)];
    }),
  );
  const { rows, failure } = await bench.run(options);
  console.table(rows);
  if (failure !== undefined) {
    console.error(failure);
    process.exitCode = 1;
  }
  const directory = join(import.meta.dirname, 'results');
  mkdirSync(directory, { recursive: true });
  const machine = { cores: cpus().length, node: process.version };
  const result = { at: new Date().toISOString(), machine, options, rows, failure };
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

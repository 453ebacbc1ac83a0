import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, missed, type Ratio, type Row } from '../bench.ts';
import { BENCHES } from '../benches.ts';
import { draw } from './chart.ts';
import { markdownTable } from './markdown.ts';
import { KEPT, load, type Run } from './runs.ts';

const INTRODUCTION = `# Performance

What Ancrage costs and how fast it is, in figures that you can reproduce. \`npm run bench -- document\` generates this page
from the runs in \`docs/performance\`; no figure is copied by hand. Machines differ, so compare ratios: both sides of a ratio
come from the same run. To replace the runs with your own:

    npm run bench -- all --keep
    npm run bench -- document
`;

/** Write `docs/performance.md` and its charts from the kept runs. */
export function writeDocument(): void {
  for (const file of readdirSync(KEPT)) if (file.endsWith('.svg')) rmSync(join(KEPT, file));
  const kept = Object.entries(BENCHES).flatMap(([name, bench]) => {
    const run = load('kept', name);
    return run === undefined ? [] : [{ name, bench, run, before: load('before', name) }];
  });
  const targets = kept.flatMap(({ bench, run, before }) =>
    (run.ratios ?? []).map((ratio) => ({ of: bench.title, ...ratioRow(ratio, before) })),
  );
  const sections = kept.map(({ name, bench, run, before }) => section(name, bench, run, before));
  const overview = `## Ratios and targets\n\n${markdownTable(targets)}\n`;
  writeFileSync(join(KEPT, '../performance.md'), [INTRODUCTION, overview, ...sections].join('\n'));
}

function section(name: string, bench: Bench, run: Run, before: Run | undefined): string {
  const drawings = (run.charts ?? []).map((chart, index) => {
    const file = `${name}-${index + 1}.svg`;
    writeFileSync(join(KEPT, file), draw(chart));
    return `![${chart.title}](performance/${file})\n`;
  });
  const tables = run.tables.map(({ title, rows }) => `**${title}**\n\n${markdownTable(rows)}\n`);
  const earlier = before?.tables.map(({ title, rows }) => `**${title}**\n\n${markdownTable(rows)}\n`) ?? [];
  const folded =
    before === undefined
      ? []
      : [`<details><summary>Before (${origin(before)})</summary>\n\n${earlier.join('\n')}\n</details>\n`];
  return [
    `## ${bench.title}\n`,
    `${bench.method.trim()}\n`,
    ...(run.failure === undefined ? [] : [`**${run.failure}**\n`]),
    ...drawings,
    ...(bench.shortfall !== undefined && missed(run).length > 0 ? [`${bench.shortfall.trim()}\n`] : []),
    ...tables,
    ...folded,
    `<sub>\`npm run bench -- ${name}\`${flags(bench, run)}, ${run.seconds} s; ${origin(run)}</sub>\n`,
  ].join('\n');
}

/** Return the options that differ from their defaults. */
function flags({ options }: Bench, run: Run): string {
  const other = Object.entries(run.options).filter(([option, value]) => options[option] !== value);
  const flags = other.map(([option, value]) => `--${option} ${value}`).join(' ');
  return flags === '' ? '' : ` with \`${flags}\``;
}

function origin({ at, machine }: Run): string {
  const { cpu, cores, memoryGB, node, platform, commit } = machine;
  return `${at.slice(0, 10)}, ${cpu}, ${cores} cores, ${memoryGB} GB, ${platform}, Node ${node}, commit ${commit}`;
}

function ratioRow({ name, value, most }: Ratio, before: Run | undefined): Row {
  const earlier = before?.ratios?.find((ratio) => ratio.name === name);
  return {
    ratio: name,
    before: earlier?.value ?? '',
    now: value,
    target: most === undefined ? '' : `≤ ${most}`,
    met: most === undefined ? '' : verdict(value, most),
  };
}

const verdict = (value: number, most: number): string =>
  value <= most ? 'yes' : `no, ${Math.round((value / most - 1) * 100)} % above`;

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, bundleFunction } from '../../lib/function-code.ts';
import { type Bench, percentile, type Result, rounded } from '../bench.ts';
import { importTime } from './import-time.ts';

type Option = 'rounds';

const LAMBDAS = resolve(import.meta.dirname, '../../lambdas');
const BASELINE = 'the two clients alone';
/** Of the functions that deliveries wait for. */
const TARGETS: Readonly<Record<string, number>> = { deliver: 1.25, 'fan-out': 1.25 };
/** What else the machine does only adds to a time, so the quickest quarter is the steadiest. */
const QUICKEST = 0.25;

export const coldStart: Bench<Option> = {
  title: 'Cold start',
  summary: 'size and import time of each function, as a ratio to a bundle of the two AWS clients alone',
  method: `Each function's bundle, as it is deployed, is loaded by processes of its own, the functions in turns: time of
the processor until its handler is there, the limit of the quickest quarter. The ratio is to a bundle, made the same
way, of nothing but \`@aws-sdk/client-dynamodb\`, \`@aws-sdk/lib-dynamodb\` and \`@aws-sdk/client-sqs\` with the commands
that a worker sends and the clients built. \`test/infra/bundle-size.test.ts\` keeps the sizes.`,
  shortfall: `What is left above the target: Node compiles every byte that a bundle has, and \`deliver\` and \`fan-out\`
have half as many again as the clients alone, the template engine the largest part of them; the logger is built, \`deliver\` makes its
TLS context, and \`fan-out\` builds the schemas of what comes by queue. Moving these to the first event would make the
ratio better and the first delivery later, as a function has a full CPU only while it initialises.`,
  options: { rounds: 15 },
  quick: { rounds: 3 },
  run: async ({ rounds }) => {
    const outputDir = mkdtempSync(join(tmpdir(), 'ancrage-bench-'));
    try {
      return measure(outputDir, rounds);
    } finally {
      rmSync(outputDir, { recursive: true, force: true });
    }
  },
};

function measure(outputDir: string, rounds: number): Result {
  const functions = functionNames();
  bundle(join(import.meta.dirname, 'baseline.ts'), join(outputDir, BASELINE));
  for (const name of functions) bundleFunction(name, join(outputDir, name));
  const files = [BASELINE, ...functions].map((name) => ({
    name,
    file: join(outputDir, name, 'index.js'),
  }));
  const times = new Map<string, number[]>(files.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, file } of files) times.get(name)?.push(importTime(file));
  const time = (name: string) => percentile(times.get(name) ?? [], QUICKEST);
  const rows = files.map(({ name, file }) => {
    const code = readFileSync(file);
    return {
      function: name,
      'size KB': Math.round(code.length / 1000),
      'gzip KB': Math.round(gzipSync(code).length / 1000),
      'import ms': rounded(time(name), 1),
      ratio: rounded(time(name) / time(BASELINE)),
    };
  });
  return {
    tables: [{ title: 'Bundles', rows }],
    ratios: Object.entries(TARGETS).map(([name, most]) => ({
      name: `import of ${name} / ${BASELINE}`,
      value: rounded(time(name) / time(BASELINE)),
      most,
    })),
    charts: [
      {
        kind: 'bars',
        title: 'Import time, as a ratio to the two AWS clients alone',
        unit: '×',
        bars: rows.map(({ function: name, ratio }) => ({ name, value: ratio })),
        most: 1.25,
      },
    ],
  };
}

/** Each is a folder with an entry point. */
const functionNames = (): string[] =>
  readdirSync(LAMBDAS).filter((name) => existsSync(join(LAMBDAS, name, 'index.ts')));

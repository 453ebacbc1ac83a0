import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TRACED_FUNCTIONS } from '../../core/contract.ts';
import { bundle, bundleFunction } from '../../lib/bundle.ts';
import { type Bench, percentile, type Result, rounded } from '../bench.ts';
import { importTime } from './import-time.ts';

type Option = 'rounds';

const LAMBDAS = resolve(import.meta.dirname, '../../lambdas');
const BASELINE = 'the two clients alone';
/** Targets for the functions on the path of a delivery. */
const TARGETS: Readonly<Record<string, number>> = { deliver: 1.25, 'fan-out': 1.25 };
/** What a stage that records spans pays, and no other: OpenTelemetry's SDK is a tenth of the code. */
const MOST_FOR_SPANS = 1.25;
const withSpans = (name: string): string => `${name} with spans`;
/** Other load on the machine only increases times, so the first quartile is the most stable figure. */
const QUICKEST = 0.25;

export const coldStart: Bench<Option> = {
  title: 'Cold start',
  summary: 'size and import time of each function, relative to a bundle of only the two AWS clients',
  method: `New processes load the deployed bundle of each function, one function after another in every round. The figure
is the first quartile of the CPU time until the handler is loaded. The ratio is relative to a bundle, built the same way, of
only \`@aws-sdk/client-dynamodb\`, \`@aws-sdk/lib-dynamodb\` and \`@aws-sdk/client-sqs\` with the commands that a worker
sends and with both clients created. The functions with spans are those of a stage whose setting \`tracing\` names a collector. \`test/infra/bundle-size.test.ts\` limits the sizes.`,
  shortfall: `Reasons for the time above the target: Node compiles every byte of a bundle, and the bundles of \`deliver\`
and \`fan-out\` are half again as large as the clients alone, mostly because of the template engine. In addition, both create
a logger, \`deliver\` creates a TLS context, and \`fan-out\` builds the schemas of queue messages. Moving this work to the
first event would improve the ratio but delay the first delivery, because a function has a full CPU only while it
initialises.`,
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
  for (const name of TRACED_FUNCTIONS) bundleFunction(name, join(outputDir, withSpans(name)), 'traced');
  const files = [BASELINE, ...functions, ...TRACED_FUNCTIONS.map(withSpans)].map((name) => ({
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
    ratios: [
      ...Object.entries(TARGETS).map(([name, most]) => ({
        name: `import of ${name} / ${BASELINE}`,
        value: rounded(time(name) / time(BASELINE)),
        most,
      })),
      ...TRACED_FUNCTIONS.map((name) => ({
        name: `import of ${withSpans(name)} / ${name}`,
        value: rounded(time(withSpans(name)) / time(name)),
        most: MOST_FOR_SPANS,
      })),
    ],
    charts: [
      {
        kind: 'bars',
        title: 'Import time relative to the two AWS clients alone',
        unit: '×',
        bars: rows.map(({ function: name, ratio }) => ({ name, value: ratio })),
        most: 1.25,
      },
    ],
  };
}

/** Return the names of all functions: the folders with an entry point. */
const functionNames = (): string[] =>
  readdirSync(LAMBDAS).filter((name) => existsSync(join(LAMBDAS, name, 'index.ts')));

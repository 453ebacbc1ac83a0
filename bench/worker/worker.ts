import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIRECT } from '../../core/model/flow.ts';
import { newSecret } from '../../core/model/signing-secret.ts';
import { dialectDefaults, type Subscription, subscriptionDefaults } from '../../core/model/subscription.ts';
import { bundleFunction } from '../../lib/bundle.ts';
import { type Bench, percentile, type Result, type Row, rounded } from '../bench.ts';
import { TEMPLATE_ONLY, withAssembly } from '../bench-stack.ts';
import { type MeasuredChild, startChild } from '../measured-child.ts';
import { startEnvironment, type WorkerEnvironment } from './environment.ts';
import { BATCH } from './load.ts';
import type { Task, Way } from './measured-process.ts';
import { shares } from './profile.ts';

type Option = 'rounds' | 'batches' | 'warm';
type Options = Readonly<Record<Option, number>>;

const TARGET = 1.5;
const QUICKEST = 0.25;
const PROJECT = 'bench';
/** The bare loop is so fast that it needs more repetitions to last until the processor runs at full speed. */
const BARE_FACTOR = 4;

type MeasuredProcess = MeasuredChild<Task, number>;

interface Case {
  readonly name: string;
  readonly bytes: number;
  readonly condition: string | null;
}

const CASES: readonly Case[] = [
  { name: '1 KB', bytes: 1000, condition: null },
  { name: '10 KB', bytes: 10_000, condition: null },
  { name: '100 KB', bytes: 100_000, condition: null },
  { name: '1 KB, with a condition', bytes: 1000, condition: 'doc.lines and doc.lines[0].amount >= 0' },
];

const WAYS: readonly Way[] = [
  'bare',
  'bare, new connections',
  'bare, with a log',
  'deliver',
  'deliver, batched',
];
const isDeliver = (way: Way) => way.startsWith('deliver');
const factorOf = (way: Way) => (isDeliver(way) ? 1 : BARE_FACTOR);

export const worker: Bench<Option> = {
  title: 'Worker efficiency',
  summary: 'CPU per delivery of the deliver function, relative to a loop that only signs and sends',
  method: `The bench invokes the bundle of the deliver function with ten records at a time, one invocation after another;
the table and the endpoint run in other processes. Each delivery message contains the deliveries of an event batch of ten
(\`batched\`), as fan-out sends them to a subscription under load, or of one event (\`unbatched\`). Alternating with it, the
bench runs a loop that signs and sends the same bodies with \`node:http\` over persistent connections (\`bare\`); the same
loop with new connections for every ten requests (\`new connections\`), like the function, whose connections may not outlive
an invocation; and \`bare\` with the smallest possible log (\`with a log\`), which costs two requests with the AWS SDK for
every ten deliveries. The figure is the CPU time of the whole process including garbage collection, as the first quartile of
the rounds, because other load on the machine only makes them slower. Endpoints use plain http, so that TLS does not blur
the comparison. Unlike the bare loop, the function also parses the message, looks up the subscription, records the attempt
in the table (compressed, several per request), counts the project's traffic, and writes a log line for each message.`,
  shortfall: `The two requests with the AWS SDK for every ten deliveries (\`with a log\`) alone exceed what the target allows,
so no worker can meet it that records each attempt when it is made; event batches spread these requests over more
deliveries. The rest is spread over opening connections, which are new for each invocation, building and signing requests
under a deadline, compressing the log, and garbage collection. The table of the profile shows their shares.`,
  options: { rounds: 8, batches: 60, warm: 150 },
  quick: { rounds: 2, batches: 20, warm: 30 },
  run: (options) =>
    withAssembly(TEMPLATE_ONLY, async (cdkOut) => {
      const environment = await startEnvironment(cdkOut);
      const outputDir = mkdtempSync(join(tmpdir(), 'ancrage-bench-'));
      try {
        bundleFunction('deliver', outputDir);
        return await measure(environment, join(outputDir, 'index.js'), options);
      } finally {
        await environment.stop();
        rmSync(outputDir, { recursive: true, force: true });
      }
    }),
};

async function measure(environment: WorkerEnvironment, bundle: string, options: Options): Promise<Result> {
  for (const each of CASES) await environment.add(subscriptionOf(each, environment.sinkUrl));
  const processes = new Map<Way, MeasuredProcess>();
  try {
    for (const way of WAYS)
      processes.set(
        way,
        await startChild<Task, number>('worker/measured-process.ts', {
          args: [way, isDeliver(way) ? bundle : environment.sinkUrl],
          env: environment.variables,
        }),
      );
    // Warm up with all cases first, because they share compiled code.
    for (const each of CASES)
      for (const [way, process] of processes)
        await process.ask({ ...taskOf(each), batches: options.warm * factorOf(way), round: 'warm' });
    const rows: Row[] = [];
    for (const each of CASES) rows.push(await measureCase(each, processes, options));
    const row = rows[0] as Row;
    return {
      tables: [
        { title: 'CPU milliseconds per delivery', rows },
        {
          title: 'CPU profile of `deliver`, batched, 1 KB',
          rows: await profiled(environment, bundle, options),
        },
      ],
      ratios: [
        { name: 'deliver / bare, 1 KB', value: Number(row['batched / bare']), most: TARGET },
        { name: 'deliver / bare, new connections, 1 KB', value: Number(row['batched / new connections']) },
        { name: 'deliver / bare, unbatched events, 1 KB', value: Number(row['unbatched / bare']) },
        { name: 'bare with a log / bare, 1 KB', value: Number(row['with a log / bare']) },
      ],
      charts: [
        {
          kind: 'bars',
          title: 'CPU per delivery relative to the bare loop',
          unit: '×',
          most: TARGET,
          bars: rows.map(({ payload, 'batched / bare': value }) => ({
            name: String(payload),
            value: Number(value),
          })),
        },
      ],
    };
  } finally {
    for (const process of processes.values()) await process.stop();
  }
}

async function measureCase(
  each: Case,
  processes: ReadonlyMap<Way, MeasuredProcess>,
  { rounds, batches }: Options,
): Promise<Row> {
  const task = taskOf(each);
  const measured: Record<Way, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    const times = new Map<Way, number>();
    // Reverse the order in every other round, so that each way is equally often early and late.
    const order = round % 2 === 0 ? [...processes] : [...processes].reverse();
    for (const [way, process] of order) {
      const repeated = batches * factorOf(way);
      const time = await process.ask({ ...task, batches: repeated, round: `round-${round}` });
      times.set(way, time / (repeated * BATCH));
    }
    measured.push(Object.fromEntries(times) as Record<Way, number>);
  }
  const quick = (way: Way) =>
    percentile(
      measured.map((times) => times[way]),
      QUICKEST,
    );
  const time = (way: Way) => rounded(quick(way), 3);
  const ratio = (way: Way, to: Way = 'bare') => rounded(quick(way) / quick(to));
  return {
    payload: each.name,
    bare: time('bare'),
    'new connections': time('bare, new connections'),
    'with a log': time('bare, with a log'),
    batched: time('deliver, batched'),
    unbatched: time('deliver'),
    'batched / bare': ratio('deliver, batched'),
    'batched / new connections': ratio('deliver, batched', 'bare, new connections'),
    'unbatched / bare': ratio('deliver'),
    'with a log / bare': ratio('bare, with a log'),
  };
}

/** Profile the function in a separate process, because sampling costs time. */
async function profiled(environment: WorkerEnvironment, bundle: string, { warm, batches, rounds }: Options) {
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-profile-'));
  try {
    const process = await startChild<Task, number>('worker/measured-process.ts', {
      args: ['deliver, batched', bundle],
      env: environment.variables,
      execArgv: ['--cpu-prof', '--cpu-prof-dir', directory],
    });
    await process.ask({ ...taskOf(CASES[0] as Case), batches: warm + batches * rounds, round: 'profile' });
    await process.stop();
    const [file = ''] = readdirSync(directory);
    return shares(join(directory, file), bundle);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const subscriptionId = ({ name }: Case) => `sub_${name.replaceAll(/\W/g, '')}`;

const taskOf = (each: Case) => ({
  project: PROJECT,
  subscriptionId: subscriptionId(each),
  bytes: each.bytes,
});

function subscriptionOf(each: Case, url: string): Subscription {
  const now = new Date().toISOString();
  return {
    ...subscriptionDefaults,
    ...dialectDefaults,
    id: subscriptionId(each),
    project: PROJECT,
    url,
    events: ['*'],
    condition: each.condition,
    disabledReason: null,
    secrets: [{ secret: newSecret(), expiresAt: null }],
    flow: DIRECT,
    cancelledUntil: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

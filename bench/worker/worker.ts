import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEALTHY } from '../../core/model/health.ts';
import { newSecret } from '../../core/model/signing-secret.ts';
import { dialectDefaults, type Subscription, subscriptionDefaults } from '../../core/model/subscription.ts';
import { bundleFunction } from '../../lib/function-code.ts';
import { type Bench, percentile, type Result, type Row, rounded } from '../bench.ts';
import { TEMPLATE_ONLY, withAssembly } from '../bench-stack.ts';
import { startEnvironment, type WorkerEnvironment } from './environment.ts';
import type { Way } from './measured-process.ts';
import { type MeasuredProcess, startProcess } from './process.ts';
import { shares } from './profile.ts';

type Option = 'rounds' | 'batches' | 'warm';
type Options = Readonly<Record<Option, number>>;

const TARGET = 1.5;
const BATCH = 10;
const QUICKEST = 0.25;
const PROJECT = 'bench';
/** The bare loop takes so much less that as few of it would be over before the processor is at speed. */
const BARE_MORE = 4;

interface Case {
  readonly name: string;
  readonly bytes: number;
  readonly condition: string | null;
}

const CASES: readonly Case[] = [
  { name: '1 KB', bytes: 1000, condition: null },
  { name: '10 KB', bytes: 10_000, condition: null },
  { name: '100 KB', bytes: 100_000, condition: null },
  { name: '1 KB, a condition', bytes: 1000, condition: 'doc.lines and doc.lines[0].amount >= 0' },
];

const WAYS: readonly Way[] = [
  'bare',
  'bare, connected anew',
  'bare, with a log',
  'deliver',
  'deliver, in lots',
];
const isDeliver = (way: Way) => way.startsWith('deliver');
const moreOf = (way: Way) => (isDeliver(way) ? 1 : BARE_MORE);

export const worker: Bench<Option> = {
  title: 'Worker efficiency',
  summary: 'CPU per delivery of the deliver function, as a ratio to a loop that only signs and sends',
  method: `The deliver function's bundle is given queue events of ten messages, one after the other, with its table and
the endpoint in other processes: each message of a lot of ten events (\`in lots\`), as fan-out sends them to a subscription
under load, or of one event (\`alone\`). Beside it, in turns: a loop that signs and sends the same bodies with
\`node:http\` over connections that it keeps (\`bare\`), the same with connections made anew for every ten (\`connected
anew\`), as the function makes them, since none may outlive an invocation, and \`bare\` with the least log that could be kept
(\`with a log\`): for every ten, two requests by the AWS SDK. Time of the
processor of the whole process, garbage collection included; of the rounds the limit of the quickest quarter, since whatever else a machine does only makes
them slower.
Endpoints are plain http, so neither side has TLS to share the blame with. What the function does besides, and the
bare loop does not: it reads the message, looks at the subscription, keeps the attempt in the table (compressed, one
request for several), counts the project's traffic, and writes a line of log for each message.`,
  shortfall: `Two requests by the AWS SDK for every ten deliveries and nothing else (\`with a log\`) take more than the
target leaves, so that no worker comes near it that records each attempt as it is made; lots spread these over more
deliveries. What remains is spread over the connections, a request for each, which are made anew for each invocation, making
and signing it under a deadline, compressing what the log keeps, and collecting garbage; the table of the profile has their
shares.`,
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
        await startProcess(way, isDeliver(way) ? bundle : environment.sinkUrl, {
          env: environment.variables,
        }),
      );
    // All of them first: what is compiled for one case serves the others.
    for (const each of CASES)
      for (const [way, process] of processes)
        await process.run({ ...taskOf(each), batches: options.warm * moreOf(way), round: 'warm' });
    const rows: Row[] = [];
    for (const each of CASES) rows.push(await measureCase(each, processes, options));
    const row = rows[0] as Row;
    return {
      tables: [
        { title: 'Milliseconds of the processor for a delivery', rows },
        {
          title: 'Where the time of `deliver` goes, in lots, at 1 KB',
          rows: await profiled(environment, bundle, options),
        },
      ],
      ratios: [
        { name: 'deliver / bare, 1 KB', value: Number(row['in lots / bare']), most: TARGET },
        { name: 'deliver / bare, connected anew, 1 KB', value: Number(row['in lots / connected anew']) },
        { name: 'deliver / bare, of events that come alone, 1 KB', value: Number(row['alone / bare']) },
        { name: 'bare with a log / bare, 1 KB', value: Number(row['with a log / bare']) },
      ],
      charts: [
        {
          kind: 'bars',
          title: 'CPU of a delivery, as a ratio to the bare loop',
          unit: '×',
          most: TARGET,
          bars: rows.map(({ payload, 'in lots / bare': value }) => ({
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
    // Each way is as often early in its round as late.
    const order = round % 2 === 0 ? [...processes] : [...processes].reverse();
    for (const [way, process] of order) {
      const repeated = batches * moreOf(way);
      const time = await process.run({ ...task, batches: repeated, round: `round-${round}` });
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
    'connected anew': time('bare, connected anew'),
    'with a log': time('bare, with a log'),
    'in lots': time('deliver, in lots'),
    alone: time('deliver'),
    'in lots / bare': ratio('deliver, in lots'),
    'in lots / connected anew': ratio('deliver, in lots', 'bare, connected anew'),
    'alone / bare': ratio('deliver'),
    'with a log / bare': ratio('bare, with a log'),
  };
}

/** In a process of its own, as sampling costs time. */
async function profiled(environment: WorkerEnvironment, bundle: string, { warm, batches, rounds }: Options) {
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-profile-'));
  try {
    const process = await startProcess('deliver, in lots', bundle, {
      env: environment.variables,
      execArgv: ['--cpu-prof', '--cpu-prof-dir', directory],
    });
    await process.run({ ...taskOf(CASES[0] as Case), batches: warm + batches * rounds, round: 'profile' });
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
    health: HEALTHY,
    cancelledUntil: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

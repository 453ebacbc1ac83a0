import type { Bench, Chart, Line, Ratio, Result, Row } from '../bench.ts';
import { rounded } from '../bench.ts';
import { TEMPLATE_ONLY, withAssembly } from '../bench-stack.ts';
import { axes } from './axes.ts';
import type { Axis, Step } from './axis.ts';
import { startEnvironment } from './environment.ts';
import { type Cost, measureAxis, tableName } from './measure.ts';

type Option = 'most' | 'subscribers' | 'deliveries' | 'rounds' | 'warm';
type Options = Readonly<Record<Option, number>>;

/** Units are the same on every machine. */
const MOST_UNITS = 1.01;
/** How many attempts share a write depends on how quickly one follows the other. */
const MOST_CALLS = 1.25;
/** Time of the processor is disturbed by what else runs, and yet nothing that grows with the size stays below. */
const MOST_CPU = 1.5;
/** What a function remembers is bounded, and a process that did more has had less reason to collect. */
const MOST_MEMORY = 2;
/** Of what the Lambda function has. */
const MOST_OF_MEMORY = 0.75;

export const growth: Bench<Option> = {
  title: 'Growth',
  summary:
    'calls, CPU and memory per delivery, up to --most subscriptions, parked deliveries and attempts in the log',
  method: `How the cost of a delivery changes with what there is already. Each size has a table of its own, filled by the
real repositories before the engine starts, and each function's bundle runs in a process of its own, beside the engines
that stand in for DynamoDB and SQS. Events are put on the events queue; \`fan-out\` works that off until it is empty, and
\`deliver\` the deliveries queue, in the batches that Lambda has. Every request to the table and to a queue passes a
gate that counts it, with the units that the table says it consumed; CPU is that of the function's process. A function's
clock stands still within a round and goes on by a minute between two, so that what it remembers for ten seconds saves as
many requests on a slow machine as on a quick one. The ratios are of the largest size to the least at which the work is
of the same kind: 1 is flat, and whatever grows with the size even a little comes to many times the target. Each ratio is the
worst of the steps'.`,
  options: { most: 100_000, subscribers: 10_000, deliveries: 100, rounds: 3, warm: 2 },
  quick: { most: 1000, subscribers: 100, deliveries: 30, rounds: 1, warm: 1 },
  run: (options) => withAssembly(TEMPLATE_ONLY, (cdkOut) => run(cdkOut, options)),
};

async function run(cdkOut: string, options: Options): Promise<Result> {
  const all = axes(options);
  const environment = await startEnvironment(cdkOut, (sinkUrl) =>
    Object.fromEntries(
      all.flatMap((axis) =>
        axis.sizes.map((size) => [tableName(axis, size), (table) => axis.load(table, size, sinkUrl)]),
      ),
    ),
  );
  try {
    const measured: [Axis, Cost[]][] = [];
    for (const axis of all) measured.push([axis, await measureAxis(environment, axis, options)]);
    return {
      tables: measured.map(([{ title }, costs]) => ({ title, rows: costs.map(row) })),
      ratios: [
        ...measured.flatMap(([axis, costs]) => ratios(axis, costs)),
        memoryRatio(measured.flatMap(([, costs]) => costs)),
      ],
      charts: measured.flatMap(([axis, costs]) => charts(axis, costs)),
    };
  } finally {
    await environment.stop();
  }
}

const row = ({
  size,
  step,
  tableCalls,
  queueCalls,
  readUnits,
  writeUnits,
  cpuMs,
  peakMB,
  memoryMB,
}: Cost): Row => ({
  size,
  step: step.name,
  'for each': step.per,
  'table calls': tableCalls,
  'queue calls': queueCalls,
  'read units': readUnits,
  'write units': writeUnits,
  'CPU ms': cpuMs,
  'peak MB': peakMB,
  'of MB': memoryMB,
});

/** Of the largest size to the reference, the worst of the steps. */
function ratios(axis: Axis, costs: readonly Cost[]): Ratio[] {
  const largest = axis.sizes.at(-1) ?? 0;
  if (largest <= axis.reference) return [];
  const at = (size: number, step: Step): Cost => {
    const cost = costs.find((each) => each.step === step && each.size === size);
    if (cost === undefined) throw new Error(`${step.name} was not measured at ${size}.`);
    return cost;
  };
  const worst = (figure: (cost: Cost) => number): number =>
    Math.max(...axis.steps.map((step) => figure(at(largest, step)) / figure(at(axis.reference, step))));
  const of = `${axis.title.toLowerCase()}, ${largest.toLocaleString('en')} / ${axis.reference.toLocaleString('en')}`;
  return [
    { name: `calls: ${of}`, value: rounded(worst(calls)), most: MOST_CALLS },
    { name: `units: ${of}`, value: rounded(worst(units)), most: MOST_UNITS },
    { name: `CPU: ${of}`, value: rounded(worst(({ cpuMs }) => cpuMs)), most: MOST_CPU },
    { name: `peak memory: ${of}`, value: rounded(worst(({ peakMB }) => peakMB)), most: MOST_MEMORY },
  ];
}

const memoryRatio = (costs: readonly Cost[]): Ratio => ({
  name: 'peak memory of any function / what it has on Lambda',
  value: rounded(Math.max(...costs.map(({ peakMB, memoryMB }) => peakMB / memoryMB))),
  most: MOST_OF_MEMORY,
});

const calls = ({ tableCalls, queueCalls }: Cost) => tableCalls + queueCalls;
const units = ({ readUnits, writeUnits }: Cost) => readUnits + writeUnits;

function charts(axis: Axis, costs: readonly Cost[]): Chart[] {
  const lines = (figure: (cost: Cost) => number): Line[] =>
    axis.steps.map((step) => ({
      name: step.name,
      points: costs.filter((cost) => cost.step === step).map((cost) => [cost.size, figure(cost)] as const),
    }));
  const { title, across, steps } = axis;
  const each = [...new Set(steps.map(({ per }) => per))].join(', ');
  const chart = { kind: 'lines', across, scale: 'log' } as const;
  return [
    {
      ...chart,
      title: `${title}: requests to the table and queues, for each ${each}`,
      unit: '',
      lines: lines(calls),
    },
    { ...chart, title: `${title}: CPU, for each ${each}`, unit: 'ms', lines: lines(({ cpuMs }) => cpuMs) },
  ];
}

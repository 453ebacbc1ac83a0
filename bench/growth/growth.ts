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
const MAX_UNITS = 1.01;
/** The number of attempts that share a write depends on how quickly they follow each other. */
const MAX_CALLS = 1.25;
/** Other load disturbs CPU times, but a cost that grows with the size exceeds this limit by far. */
const MAX_CPU = 1.5;
/** Caches are bounded, but a process that has done more may have collected less garbage. */
const MAX_MEMORY = 2;
/** Target for the share of a Lambda function's memory. */
const MAX_SHARE_OF_MEMORY = 0.75;

export const growth: Bench<Option> = {
  title: 'Growth',
  summary:
    'calls, CPU and memory per delivery for up to --most subscriptions, parked deliveries and logged attempts',
  method: `The bench measures how the cost of a delivery changes with the amount of existing data. Each size has its own
table, which the real repositories fill before the engine starts. Each function's bundle runs in its own process, apart from
the engines for DynamoDB and SQS. The bench sends events to the events queue; \`fan-out\` processes this queue until it is
empty, then \`deliver\` processes the deliveries queue, each with as many records per invocation as on Lambda. A proxy
counts every request to the table and the queues, and the units that the table reports; CPU is that of the function's
process. A function's clock stands still during a round and advances by a minute between rounds, so that a cache of ten
seconds saves as many requests on a slow machine as on a fast one. The ratios compare the largest size with the smallest
one that has the same kinds of work: 1 is flat, and a cost that grows with the size exceeds the target many times over.
Each ratio is that of the worst step.`,
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

const row = (cost: Cost): Row => ({
  size: cost.size,
  step: cost.step.name,
  per: cost.step.per,
  'table calls': cost.tableCalls,
  'queue calls': cost.queueCalls,
  'read units': cost.readUnits,
  'write units': cost.writeUnits,
  'CPU ms': cost.cpuMs,
  'peak MB': cost.peakMB,
  'limit MB': cost.memoryMB,
});

/** Return the ratios of the largest size to the reference, each of the worst step. */
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
    { name: `calls: ${of}`, value: rounded(worst(calls)), most: MAX_CALLS },
    { name: `units: ${of}`, value: rounded(worst(units)), most: MAX_UNITS },
    { name: `CPU: ${of}`, value: rounded(worst(({ cpuMs }) => cpuMs)), most: MAX_CPU },
    { name: `peak memory: ${of}`, value: rounded(worst(({ peakMB }) => peakMB)), most: MAX_MEMORY },
  ];
}

const memoryRatio = (costs: readonly Cost[]): Ratio => ({
  name: 'peak memory of any function / its memory on Lambda',
  value: rounded(Math.max(...costs.map(({ peakMB, memoryMB }) => peakMB / memoryMB))),
  most: MAX_SHARE_OF_MEMORY,
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
  const units = [...new Set(steps.map(({ per }) => per))].join(', ');
  const chart = { kind: 'lines', across, scale: 'log' } as const;
  return [
    {
      ...chart,
      title: `${title}: requests to the table and queues per ${units}`,
      unit: '',
      lines: lines(calls),
    },
    { ...chart, title: `${title}: CPU per ${units}`, unit: 'ms', lines: lines(({ cpuMs }) => cpuMs) },
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Chart, type Line, percentile, type Result, rounded } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';
import type { Arrival, Publishing } from './traffic.ts';

type Option = 'deliveries' | 'seconds' | 'load' | 'most';
type Options = Readonly<Record<Option, number>>;

const SUBSCRIPTIONS = [1, 10, 100];
const KILOBYTES = [1, 10, 100];
const WAYS: readonly Publishing['by'][] = ['queue', 'HTTPS'];
/**
 * Maximum concurrency of the deliver function. On few cores, few instances deliver as much as many, and all of them are
 * warm before the measurement.
 */
const DELIVER_CONCURRENCY = 4;
const WARM_UPS = 3;
/** Percentiles need some events, however slow the stack is. */
const MIN_EVENTS = 4;
/** Without progress for this long, missing deliveries count as lost. */
const STALLED_MS = 60_000;

interface Case {
  readonly by: Publishing['by'];
  readonly subscriptions: number;
  readonly kilobytes: number;
}

type Row = Awaited<ReturnType<typeof row>>;

export const throughput: Bench<Option> = {
  title: 'Throughput and latency',
  summary: 'events per second, and milliseconds from publishing to receipt at --load percent of that rate',
  method: `The bench runs end to end on the local stack: it publishes events to the queue or over HTTPS (plain http
locally); the stack fans them out and sends signed requests to an endpoint in another thread. First the bench publishes
enough events for \`--deliveries\` deliveries at once and measures how many arrive per second. Then it publishes events
evenly at \`--load\` percent of that rate and measures the latency of each delivery, from just before its event is published
until the endpoint receives the head of the request. Events that are published at once reach fan-out in event batches, whose
deliveries share messages; evenly published events arrive one at a time and cost more per delivery. Everything, including
the engines for SQS and DynamoDB, shares one machine. On AWS each instance of a function has its own processor, so these
figures do not show how much many instances achieve together.`,
  options: { deliveries: 400, seconds: 6, load: 20, most: 100 },
  quick: { deliveries: 100, seconds: 2, most: 10 },
  run: (options) =>
    withAssembly({ lanes: { deliveries: { maxConcurrency: DELIVER_CONCURRENCY } } }, (cdkOut) =>
      withStack(cdkOut, (stack) => measure(stack, options)),
    ),
};

async function measure(stack: BenchStack, options: Options): Promise<Result> {
  const sizes = SUBSCRIPTIONS.filter((count) => count <= options.most);
  for (const subscriptions of sizes)
    for (let n = 0; n < subscriptions; n++)
      await stack.subscribe(stack.traffic.url(`/${subscriptions}/${n}`), [typeOf(subscriptions)]);
  // Warm up: instances start, and the JIT compiles.
  for (let n = 0; n < WARM_UPS; n++)
    for (const by of WAYS)
      await burst(stack, { by, subscriptions: Math.min(10, Math.max(...sizes)), kilobytes: 1 }, options);
  const rows: Row[] = [];
  for (const by of WAYS)
    for (const subscriptions of sizes)
      for (const kilobytes of KILOBYTES)
        rows.push(await row(stack, { by, subscriptions, kilobytes }, options));
  return {
    tables: [{ title: 'From publishing to receipt', rows }],
    ratios: ratios(rows),
    charts: charts(rows),
  };
}

async function row(stack: BenchStack, each: Case, options: Options) {
  const { by, subscriptions, kilobytes } = each;
  const perSecond = await burst(stack, each, options);
  const events = ((perSecond / subscriptions) * options.load) / 100;
  const latencies = await paced(stack, each, events, options.seconds);
  const ms = (share: number) => Math.round(percentile(latencies, share));
  return {
    by,
    subscriptions,
    KB: kilobytes,
    'events / s': rounded(perSecond / subscriptions, 1),
    'deliveries / s': Math.round(perSecond),
    'p50 ms': ms(0.5),
    'p95 ms': ms(0.95),
    'p99 ms': ms(0.99),
  };
}

/** Publish events at once and return the deliveries per second. */
async function burst(stack: BenchStack, each: Case, { deliveries }: Options): Promise<number> {
  const count = Math.max(MIN_EVENTS, Math.ceil(deliveries / each.subscriptions));
  const { sentAt, arrivals } = await publish(stack, each, count, 0);
  const seconds = (Math.max(...arrivals.map(({ at }) => at)) - Math.min(...Object.values(sentAt))) / 1000;
  return arrivals.length / seconds;
}

/** Publish events at a constant rate and return the latencies of their deliveries. */
async function paced(stack: BenchStack, each: Case, perSecond: number, seconds: number): Promise<number[]> {
  const count = Math.max(MIN_EVENTS, Math.ceil(perSecond * seconds));
  const { sentAt, arrivals } = await publish(stack, each, count, 1000 / perSecond);
  return arrivals.map(({ id, at }) => at - (sentAt[id] as number));
}

let runs = 0;

async function publish(
  { traffic }: BenchStack,
  { by, subscriptions, kilobytes }: Case,
  count: number,
  everyMs: number,
): Promise<{ sentAt: Record<string, number>; arrivals: Arrival[] }> {
  const run = ++runs;
  const events = Array.from({ length: count }, (_, n) => ({
    id: `run-${run}-${n}`,
    type: typeOf(subscriptions),
    afterMs: n * everyMs,
  }));
  const publishing = traffic.publish(events, { by, bytes: kilobytes * 1000 });
  const arrivals = new Map<string, Arrival>();
  let progressAt = Date.now();
  while (arrivals.size < count * subscriptions) {
    await sleep(100);
    for (const arrival of await traffic.arrivals()) {
      progressAt = Date.now();
      const delivery = `${arrival.path} ${arrival.id}`;
      // Deliveries may arrive more than once; the first arrival counts.
      if (!arrivals.has(delivery)) arrivals.set(delivery, arrival);
    }
    if (Date.now() - progressAt > STALLED_MS)
      throw new Error(`Only ${arrivals.size} of ${count * subscriptions} deliveries arrived.`);
  }
  return { sentAt: await publishing, arrivals: [...arrivals.values()] };
}

const typeOf = (subscriptions: number) => `load.to${subscriptions}`;

function ratios(rows: readonly Row[]) {
  const find = (by: Case['by'], subscriptions: number, KB: number) =>
    rows.find((row) => row.by === by && row.subscriptions === subscriptions && row.KB === KB);
  const quotient = (name: string, of: Row | undefined, to: Row | undefined, figure: keyof Row) =>
    of === undefined || to === undefined
      ? []
      : [{ name, value: rounded(Number(of[figure]) / Number(to[figure])) }];
  const one = find('queue', 1, 1);
  return [
    ...quotient('p50 by HTTPS / by queue, 1 subscription, 1 KB', find('HTTPS', 1, 1), one, 'p50 ms'),
    ...quotient('p50 of 100 KB / of 1 KB, 1 subscription, by queue', find('queue', 1, 100), one, 'p50 ms'),
    ...quotient(
      'deliveries / s of 100 subscriptions / of 1, 1 KB',
      find('queue', 100, 1),
      one,
      'deliveries / s',
    ),
  ];
}

function charts(rows: readonly Row[]) {
  const lines = (figure: 'deliveries / s' | 'p50 ms'): Line[] =>
    WAYS.flatMap((by) =>
      KILOBYTES.map((KB) => ({
        name: `${KB} KB by ${by}`,
        points: rows
          .filter((row) => row.by === by && row.KB === KB)
          .map((row) => [row.subscriptions, row[figure]] as const),
      })),
    );
  const chart = (title: string, unit: string, figure: 'deliveries / s' | 'p50 ms'): Chart => ({
    kind: 'lines',
    title,
    unit,
    across: 'subscriptions that match the event',
    scale: 'log',
    lines: lines(figure),
  });
  return [
    chart('Deliveries per second', '/ s', 'deliveries / s'),
    chart('Median latency from publishing to receipt', 'ms', 'p50 ms'),
  ];
}

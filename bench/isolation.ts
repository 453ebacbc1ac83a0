import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../local/engines/free-port.ts';
import { LOCAL_LANES } from '../local/synthesize.ts';
import { type Bench, median, percentile, type Ratio, type Result, type Row, rounded } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';
import { HANGING, SLOW, SLOW_MS } from './traffic.ts';

type Option = 'endpoints' | 'rate' | 'seconds' | 'rounds' | 'lanes' | 'hang' | 'refuse';
type Options = Readonly<Record<Option, number>>;

/** How long after the last event healthy endpoints may still get what they wait for. */
const DRAIN_MS = 120_000;
/** How much slower the slowest hundredth of deliveries to healthy endpoints may be. */
const MOST_RATIO = 1.2;
/** Of endpoints that hang, so that half of the local stack's copies wait for them at once. */
const TIMEOUT_SECONDS = 5;
/** Of a run of each kind that is not counted. */
const WARM_UP_SECONDS = 5;
/** Until the last attempt at an endpoint that hangs has ended. */
const SETTLE_MS = TIMEOUT_SECONDS * 1000 + 1000;

/** What bad endpoints cost good ones: the same load with all well, and with some that hang and some that refuse. */
export const isolation: Bench<Option> = {
  title: 'Isolation',
  summary: "healthy endpoints' latency while others hang (--hang percent) or refuse (--refuse percent)",
  method: `The same load twice in each round: with every endpoint well, and with some that never answer, whose attempts end
after ${TIMEOUT_SECONDS} seconds, and some that refuse the connection. All rounds are of one stack whose copies are warm, each
run with subscriptions of its own, and which of the two comes first changes from round to round. Latency is from publishing by
queue to the receipt, at the endpoints that are well in both. Percentiles are of each run, and the ratio is the median of
the rounds' ratios.`,
  // `lanes`: most copies of the deliver function that first attempts run in, 200 on AWS; 0 is the local stack's own.
  options: { endpoints: 50, rate: 12, seconds: 15, rounds: 5, lanes: 0, hang: 20, refuse: 10 },
  quick: { seconds: 5, rounds: 1 },
  run: (options) => {
    const context =
      options.lanes === 0 ? {} : { lanes: { ...LOCAL_LANES, deliveries: { maxConcurrency: options.lanes } } };
    return withAssembly(context, (cdkOut) => withStack(cdkOut, (stack) => measure(stack, options)));
  },
};

/** Of the endpoints that are well in both kinds of run. */
interface Figures {
  readonly latencies: readonly number[];
  readonly missing: number;
  /** Messages that waited for a copy of the deliver function, at the most. */
  readonly backlog: number;
  readonly cores: number;
}

type Kind = 'all well' | 'some bad';
type Pair = Readonly<Record<Kind, Figures>>;

async function measure(stack: BenchStack, options: Options): Promise<Result> {
  const lanes = options.lanes || LOCAL_LANES.deliveries.maxConcurrency;
  await warmCopies(stack, lanes + LOCAL_LANES.retries.maxConcurrency);
  // Fan-out's copies have started then, and what the first of each kind compiles is no round's own.
  const short = { ...options, seconds: Math.min(options.seconds, WARM_UP_SECONDS) };
  await run(stack, short, 'warm-well', 'all well');
  await run(stack, short, 'warm-bad', 'some bad');
  const pairs: Pair[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const kinds: Kind[] = round % 2 === 0 ? ['all well', 'some bad'] : ['some bad', 'all well'];
    const figures = new Map<Kind, Figures>();
    for (const [index, kind] of kinds.entries())
      figures.set(kind, await run(stack, options, `r${round}-${index}`, kind));
    pairs.push(Object.fromEntries(figures) as Pair);
  }
  const rows = pairs.flatMap((pair) => [
    row('all well', pair['all well']),
    row('some bad', pair['some bad']),
  ]);
  const missing = pairs
    .flatMap((pair) => Object.values(pair))
    .reduce((sum, figures) => sum + figures.missing, 0);
  return {
    tables: [{ title: 'Healthy endpoints', rows }],
    ratios: ratios(pairs),
    ...(missing > 0 && { failure: `${missing} deliveries to healthy endpoints did not arrive in time.` }),
  };
}

async function run(stack: BenchStack, options: Options, name: string, kind: Kind): Promise<Figures> {
  const { endpoints, rate, seconds } = options;
  const { traffic } = stack;
  const closed = `http://127.0.0.1:${await freePort()}/`;
  const hanging = Math.round((endpoints * options.hang) / 100);
  const bad = hanging + Math.round((endpoints * options.refuse) / 100);
  const subscriptions: string[] = [];
  for (let n = 0; n < endpoints; n++) {
    const unwell = n < hanging ? traffic.url(`${HANGING}${n}`) : closed;
    const url = kind === 'some bad' && n < bad ? unwell : traffic.url(`/well/${n}`);
    const settings = { timeoutSeconds: TIMEOUT_SECONDS };
    subscriptions.push(await stack.subscribe(url, [`load.${name}.e${n}`], settings));
  }
  // The good and the bad take turns, however the endpoints are numbered.
  const events = Array.from({ length: rate * seconds }, (_, index) => {
    const endpoint = (index * 7) % endpoints;
    const id = `${name}-${index}`;
    return { id, type: `load.${name}.e${endpoint}`, afterMs: (index * 1000) / rate, endpoint };
  });
  const watched = new Set(events.filter(({ endpoint }) => endpoint >= bad).map(({ id }) => id));

  const startedAt = Date.now();
  const cpu = process.cpuUsage();
  let backlog = 0;
  const firstAt = new Map<string, number>();
  const look = async () => {
    await sleep(500);
    backlog = Math.max(backlog, await stack.waiting('deliveries'));
    for (const { id, at } of await traffic.arrivals())
      if (watched.has(id) && !firstAt.has(id)) firstAt.set(id, at);
  };
  const publishing = { over: false };
  const published = traffic
    .publish(events.map(({ id, type, afterMs }) => ({ id, type, afterMs })))
    .finally(() => {
      publishing.over = true;
    });
  while (!publishing.over) await look();
  const sentAt = await published;
  const used = process.cpuUsage(cpu);
  const cores = (used.user + used.system) / 1000 / (Date.now() - startedAt);
  const until = Date.now() + DRAIN_MS;
  while (firstAt.size < watched.size && Date.now() < until) await look();
  for (const id of subscriptions) await stack.unsubscribe(id);
  if (kind === 'some bad') await sleep(SETTLE_MS);
  return {
    latencies: [...firstAt].map(([id, at]) => at - (sentAt[id] as number)),
    missing: watched.size - firstAt.size,
    backlog,
    cores,
  };
}

/**
 * A copy takes a quarter of a second of CPU to start and does its first work slowly, which on Lambda it has for itself.
 * Here all share a few cores, and the copies that hanging endpoints need would be seen as latency of the healthy ones.
 * So each makes a delivery first, to an endpoint that is so slow that all are at it at once.
 */
async function warmCopies({ functions, traffic, subscribe }: BenchStack, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => functions.invoke('deliver', { Records: [] })));
  await subscribe(traffic.url(SLOW), ['warm']);
  const events = Array.from({ length: count }, (_, n) => ({
    id: `warm${n}`,
    type: 'warm',
    afterMs: n * 100,
  }));
  await traffic.publish(events);
  let arrived = 0;
  while (arrived < count) {
    await sleep(500);
    arrived += (await traffic.arrivals()).length;
  }
  await sleep(SLOW_MS);
}

function row(run: Kind, { latencies, missing, backlog, cores }: Figures): Row {
  return {
    run,
    'p50 ms': percentile(latencies, 0.5),
    'p95 ms': percentile(latencies, 0.95),
    'p99 ms': percentile(latencies, 0.99),
    'max ms': percentile(latencies, 1),
    deliveries: latencies.length,
    missing,
    'most waiting': backlog,
    'cores used': rounded(cores),
  };
}

function ratios(pairs: readonly Pair[]): Ratio[] {
  const ratio = (share: number) => {
    const of = (pair: Pair, kind: Kind) => percentile(pair[kind].latencies, share);
    return rounded(median(pairs.map((pair) => of(pair, 'some bad') / of(pair, 'all well'))));
  };
  return [
    { name: 'p50, some bad / all well', value: ratio(0.5) },
    { name: 'p95, some bad / all well', value: ratio(0.95) },
    { name: 'p99, some bad / all well', value: ratio(0.99), most: MOST_RATIO },
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_LANES } from '../../local/synthesize.ts';
import { type Bench, median, percentile, type Ratio, type Result, type Row, rounded } from '../bench.ts';
import { type BenchStack, withAssembly, withStack } from '../bench-stack.ts';
import {
  type Endpoint,
  type Kind,
  type Option,
  type Options,
  type Plan,
  plan,
  TIMEOUT_SECONDS,
} from './plan.ts';
import { makeDirect, occupiers, warmInstances } from './warm-up.ts';

/** Time after the last event within which deliveries to healthy endpoints must arrive. */
const DRAIN_MS = 120_000;
/** Target for the p99 latency of healthy endpoints beside bad ones. */
const MAX_RATIO = 1.2;
/** Duration of the uncounted run of each kind. */
const WARM_UP_SECONDS = 5;
/** Time until the last attempt at a hanging endpoint has ended. */
const SETTLE_MS = TIMEOUT_SECONDS * 1000 + 1000;

/**
 * Measures how bad endpoints affect healthy ones: the same load with only healthy endpoints, and with some bad ones.
 */
export const isolation: Bench<Option> = {
  title: 'Isolation',
  summary: 'latency of healthy endpoints while others hang (--hang percent) or refuse (--refuse percent)',
  method: `Each round runs the same load twice: with only healthy endpoints, and with some that no longer respond, whose
attempts end after ${TIMEOUT_SECONDS} seconds, and some that refuse the connection. Those that hang have answered before,
as the healthy ones have, so that all get their requests directly. All rounds use one stack with warm instances; each run has
its own subscriptions, and the order of the two runs alternates. Latency is the time from publishing
to the queue until the request arrives, at the endpoints that are healthy in both runs. Percentiles are calculated per run;
the ratio is the median of the rounds' ratios.`,
  // `lanes`: maximum concurrency of first attempts, 200 on AWS; 0 is the default of the local stack.
  options: { endpoints: 50, rate: 12, seconds: 15, rounds: 5, lanes: 0, hang: 20, refuse: 10 },
  quick: { seconds: 5, rounds: 1 },
  run: (options) => {
    const context =
      options.lanes === 0 ? {} : { lanes: { ...LOCAL_LANES, deliveries: { maxConcurrency: options.lanes } } };
    return withAssembly(context, (cdkOut) => withStack(cdkOut, (stack) => measure(stack, options)));
  },
};

/** Figures of the endpoints that are healthy in both kinds of run. */
interface Figures {
  readonly latencies: readonly number[];
  readonly missing: number;
  /** Maximum number of messages that waited for an instance of the deliver function. */
  readonly backlog: number;
  readonly cores: number;
}

type Pair = Readonly<Record<Kind, Figures>>;

async function measure(stack: BenchStack, options: Options): Promise<Result> {
  // These runs start the instances of fan-out and compile the code of both kinds before the first round.
  const short = { ...options, seconds: Math.min(options.seconds, WARM_UP_SECONDS) };
  const warmUps = [
    await plan(stack, short, 'warm-well', 'all well'),
    await plan(stack, short, 'warm-bad', 'some bad'),
  ];
  const rounds: Plan[][] = [];
  for (let round = 0; round < options.rounds; round++) {
    const kinds: Kind[] = round % 2 === 0 ? ['all well', 'some bad'] : ['some bad', 'all well'];
    const plans: Plan[] = [];
    for (const [index, kind] of kinds.entries())
      plans.push(await plan(stack, options, `r${round}-${index}`, kind));
    rounds.push(plans);
  }
  const lanes = options.lanes || LOCAL_LANES.deliveries.maxConcurrency;
  const occupied = await occupiers(stack, lanes + LOCAL_LANES.retries.maxConcurrency);
  await makeDirect(stack, [
    ...occupied,
    ...[...warmUps, ...rounds.flat()].flatMap(({ endpoints }) => endpoints),
  ]);
  await warmInstances(stack, occupied);
  for (const each of warmUps) await run(stack, each);
  const pairs: Pair[] = [];
  for (const plans of rounds) {
    const figures = new Map<Kind, Figures>();
    for (const each of plans) figures.set(each.kind, await run(stack, each));
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

async function run(
  stack: BenchStack,
  { name, kind, endpoints, healthyFrom, rate, seconds }: Plan,
): Promise<Figures> {
  const { traffic } = stack;
  // Spread the events of bad endpoints evenly, although their numbers are consecutive.
  const events = Array.from({ length: rate * seconds }, (_, index) => {
    const endpoint = (index * 7) % endpoints.length;
    const { type } = endpoints[endpoint] as Endpoint;
    return { id: `${name}-${index}`, type, afterMs: (index * 1000) / rate, endpoint };
  });
  const watched = new Set(events.filter(({ endpoint }) => endpoint >= healthyFrom).map(({ id }) => id));

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
  for (const { id } of endpoints) await stack.unsubscribe(id);
  if (kind === 'some bad') await sleep(SETTLE_MS);
  return {
    latencies: [...firstAt].map(([id, at]) => at - (sentAt[id] as number)),
    missing: watched.size - firstAt.size,
    backlog,
    cores,
  };
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
    'max queued': backlog,
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
    { name: 'p99, some bad / all well', value: ratio(0.99), most: MAX_RATIO },
  ];
}

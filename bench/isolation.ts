import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../local/engines/free-port.ts';
import { LOCAL_LANES } from '../local/synthesize.ts';
import { type Bench, percentile, type Ratio, type Row, rounded } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';
import { HANGING, SLOW, SLOW_MS } from './traffic.ts';

type Option = 'endpoints' | 'rate' | 'seconds' | 'rounds' | 'lanes' | 'hang' | 'refuse';
type Options = Readonly<Record<Option, number>>;

/** How long after the last event healthy endpoints may still get what they wait for. */
const DRAIN_MS = 120_000;
/** How much slower the slowest hundredth of deliveries to healthy endpoints may be. */
const MOST_RATIO = 1.2;
/** Not counted: fan-out's copies start. */
const WARM_UP_MS = 5000;

/** What bad endpoints cost good ones: the same load with all well, and with some that hang and some that refuse. */
export const isolation: Bench<Option> = {
  title: 'Isolation',
  summary: "healthy endpoints' latency while others hang (--hang percent) or refuse (--refuse percent)",
  method: `The same load twice: with every endpoint well, and with some that never answer and some that refuse the
connection. Latency is from publishing by queue to the receipt at the endpoints that are well in both, over all rounds
together; each round has a stack of its own, with its copies warm.`,
  // `lanes`: most copies of the deliver function that first attempts run in, 200 on AWS; 0 is the local stack's own.
  options: { endpoints: 50, rate: 6, seconds: 60, rounds: 2, lanes: 0, hang: 20, refuse: 10 },
  quick: { seconds: 15, rounds: 1 },
  run: (options) => {
    const context =
      options.lanes === 0 ? {} : { lanes: { ...LOCAL_LANES, deliveries: { maxConcurrency: options.lanes } } };
    return withAssembly(context, async (cdkOut) => {
      const good: Figures[] = [];
      const bad: Figures[] = [];
      for (let round = 1; round <= options.rounds; round++) {
        good.push(await withStack(cdkOut, (stack) => measure(stack, options, false)));
        bad.push(await withStack(cdkOut, (stack) => measure(stack, options, true)));
      }
      const rows = good.flatMap((figures, index) => [
        row('all well', figures),
        row('some bad', bad[index] as Figures),
      ]);
      const missing = [...good, ...bad].reduce((sum, figures) => sum + figures.missing, 0);
      return {
        tables: [{ title: 'Healthy endpoints', rows }],
        ratios: ratios(good, bad),
        ...(missing > 0 && { failure: `${missing} deliveries to healthy endpoints did not arrive in time.` }),
      };
    });
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

async function measure(stack: BenchStack, options: Options, someBad: boolean): Promise<Figures> {
  const { endpoints, rate, seconds } = options;
  const { traffic } = stack;
  const closed = `http://127.0.0.1:${await freePort()}/`;
  const hanging = Math.round((endpoints * options.hang) / 100);
  const bad = hanging + Math.round((endpoints * options.refuse) / 100);
  for (let n = 0; n < endpoints; n++) {
    const healthy = traffic.url(`/well/${n}`);
    const unwell = n < hanging ? traffic.url(`${HANGING}${n}`) : closed;
    await stack.subscribe(someBad && n < bad ? unwell : healthy, [`load.e${n}`]);
  }
  await warmCopies(
    stack,
    (options.lanes || LOCAL_LANES.deliveries.maxConcurrency) + LOCAL_LANES.retries.maxConcurrency,
  );
  // The good and the bad take turns, however the endpoints are numbered.
  const events = Array.from({ length: rate * (seconds + WARM_UP_MS / 1000) }, (_, index) => {
    const endpoint = (index * 7) % endpoints;
    return { id: `e${index}`, type: `load.e${endpoint}`, afterMs: (index * 1000) / rate, endpoint };
  });
  const watched = new Set(
    events.filter(({ endpoint, afterMs }) => endpoint >= bad && afterMs >= WARM_UP_MS).map(({ id }) => id),
  );

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

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Share = keyof typeof SHARES;
const ms = (figures: Figures, share: Share) => percentile(figures.latencies, SHARES[share]);

function row(run: string, figures: Figures): Row {
  return {
    run,
    'p50 ms': ms(figures, 'p50'),
    'p95 ms': ms(figures, 'p95'),
    'p99 ms': ms(figures, 'p99'),
    'max ms': percentile(figures.latencies, 1),
    deliveries: figures.latencies.length,
    missing: figures.missing,
    'most waiting': figures.backlog,
    'cores used': Number(figures.cores.toFixed(2)),
  };
}

/** Of all rounds together: the slowest hundredth of one is but a few deliveries. */
function ratios(good: readonly Figures[], bad: readonly Figures[]): Ratio[] {
  const ratio = (share: number) => {
    const of = (runs: readonly Figures[]) =>
      percentile(
        runs.flatMap(({ latencies }) => latencies),
        share,
      );
    return rounded(of(bad) / of(good));
  };
  return [
    { name: 'p50, some bad / all well', value: ratio(0.5) },
    { name: 'p99, some bad / all well', value: ratio(0.99), most: MOST_RATIO },
  ];
}

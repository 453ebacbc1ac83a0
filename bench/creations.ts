import { callApi } from '../bin/admin/api.ts';
import { type Bench, median, percentile, type Result, type Row, rounded } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';

type Option = 'creations' | 'rounds' | 'few' | 'many';
type Options = Readonly<Record<Option, number>>;
type Kind = 'few' | 'many';

/** Target for the p99 latency in the large project relative to the small one. */
const MAX_RATIO = 1.3;
/** Number of concurrent requests that create the initial subscriptions. */
const LANES = 8;
/** Creations that are not counted, while the functions start and the JIT compiles. */
const WARM_UP = 100;

/** Measures how long subscribing takes in a project with many subscriptions to the same event type. */
export const creations: Bench<Option> = {
  title: 'Subscribing in a large project',
  summary: 'latency of sequential subscribing in a project with --few and in one with --many subscriptions',
  method: `The bench creates subscriptions to the same event type one after another through the API of the local stack,
alternating between a project with few and a project with many subscriptions. The figures are medians over the rounds.`,
  options: { creations: 300, rounds: 3, few: 10, many: 10_000 },
  quick: { creations: 100, rounds: 2, many: 1000 },
  run: (options) => withAssembly({}, (cdkOut) => withStack(cdkOut, (stack) => measure(stack, options))),
};

async function measure(stack: BenchStack, { creations, rounds, few, many }: Options): Promise<Result> {
  await fill(stack, 'few', few);
  await fill(stack, 'many', many);
  await inTurns(stack, WARM_UP);
  const measured: Record<Kind, number[]>[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await inTurns(stack, creations));
  const latencies = (kind: Kind) => measured.map((round) => round[kind]);
  const rows = [row(few, latencies('few')), row(many, latencies('many'))];
  const ratio = (name: string) => rounded(Number(rows[1]?.[name]) / Number(rows[0]?.[name]));
  return {
    tables: [{ title: 'Latency of a creation', rows }],
    ratios: [
      { name: 'p50, many / few', value: ratio('p50 ms') },
      { name: 'p99, many / few', value: ratio('p99 ms'), most: MAX_RATIO },
    ],
  };
}

/** Alternate, with each kind equally often first, so that other load on the machine affects both alike. */
async function inTurns(stack: BenchStack, count: number): Promise<Record<Kind, number[]>> {
  const latencies: Record<Kind, number[]> = { few: [], many: [] };
  for (let n = 0; n < count; n++) {
    for (const kind of n % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
      const startedAt = performance.now();
      await subscribe(stack, kind);
      latencies[kind].push(performance.now() - startedAt);
    }
  }
  return latencies;
}

async function fill(stack: BenchStack, project: string, count: number): Promise<void> {
  await post(stack, '/v1/projects', { id: project });
  let left = count;
  const lane = async () => {
    while (left-- > 0) await subscribe(stack, project);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const subscribe = (stack: BenchStack, project: string) =>
  post(stack, `/v1/projects/${project}/subscriptions`, { url: 'http://127.0.0.1:9/', events: ['load'] });

const post = ({ outputs: { apiUrl, adminKey } }: BenchStack, path: string, body: object) =>
  callApi({ url: apiUrl, key: adminKey }, 'POST', path, body);

/** Return medians over the rounds, because the p99 of a single round depends on only a few requests. */
function row(subscriptions: number, rounds: readonly (readonly number[])[]): Row {
  const ms = (share: number) => {
    const each = rounds.map((latencies) => percentile(latencies, share));
    return rounded(median(each));
  };
  return { subscriptions, 'p50 ms': ms(0.5), 'p95 ms': ms(0.95), 'p99 ms': ms(0.99), 'max ms': ms(1) };
}

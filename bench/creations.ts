import { type Bench, median, percentile, type Result, type Row, rounded } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';

type Option = 'creations' | 'rounds' | 'few' | 'many';
type Options = Readonly<Record<Option, number>>;
type Kind = 'few' | 'many';

/** How much slower the slowest hundredth may be in the full project. */
const MOST_RATIO = 1.3;
/** At once, of those that are there before anything is measured. */
const LANES = 8;
/** Not counted: the functions start, and the JIT compiles. */
const WARM_UP = 100;

/** What subscribing costs in a project that has many subscriptions, for all the same event type. */
export const creations: Bench<Option> = {
  title: 'Subscribing in a large project',
  summary:
    'latency of subscribing, one after the other, in a project with --few and one with --many subscriptions',
  method: `What subscribing costs where there are many subscriptions already, all for the same event type: one after
the other over the API of the local stack, in two projects in turns. Medians over the rounds.`,
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
  const rows = [
    row(
      few,
      measured.map((latencies) => latencies.few),
    ),
    row(
      many,
      measured.map((latencies) => latencies.many),
    ),
  ];
  const ratio = (name: string) => rounded(Number(rows[1]?.[name]) / Number(rows[0]?.[name]));
  return {
    tables: [{ title: 'Latency of a creation', rows }],
    ratios: [
      { name: 'p50, many / few', value: ratio('p50 ms') },
      { name: 'p99, many / few', value: ratio('p99 ms'), most: MOST_RATIO },
    ],
  };
}

/** In turns, and each first as often as second, so that whatever else the machine does slows both down alike. */
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

async function post(
  { outputs: { apiUrl, adminKey } }: BenchStack,
  path: string,
  body: object,
): Promise<void> {
  const answer = await fetch(apiUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`Not made: ${text}`);
}

/** Medians over the rounds: the slowest hundredth of one is but a few requests. */
function row(subscriptions: number, rounds: readonly (readonly number[])[]): Row {
  const ms = (share: number) => {
    const each = rounds.map((latencies) => percentile(latencies, share));
    return rounded(median(each));
  };
  return { subscriptions, 'p50 ms': ms(0.5), 'p95 ms': ms(0.95), 'p99 ms': ms(0.99), 'max ms': ms(1) };
}

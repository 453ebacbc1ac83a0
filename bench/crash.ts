import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Result } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';

/** Without progress for this long, missing deliveries count as lost. */
const STALLED_MS = 60_000;

type Option = 'events' | 'subscriptions' | 'every';

/** Verifies that all deliveries arrive although the threads of the deliver function are terminated repeatedly. */
export const crash: Bench<Option> = {
  title: 'Crashes',
  summary: 'terminates the deliver function every --every milliseconds; fails if a delivery is lost',
  method: `The bench terminates the threads of the deliver function repeatedly while deliveries are in progress. None may
be lost; deliveries that were sent but not acknowledged arrive twice.`,
  options: { events: 1000, subscriptions: 5, every: 1500 },
  quick: { events: 300 },
  // A low concurrency, so that instances spend their time on deliveries and not on starting.
  run: (options) =>
    withAssembly({ lanes: { deliveries: { maxConcurrency: 4 }, retries: { maxConcurrency: 2 } } }, (cdkOut) =>
      withStack(cdkOut, (stack) => run(stack, options)),
    ),
};

async function run(
  stack: BenchStack,
  { events, subscriptions, every }: Readonly<Record<Option, number>>,
): Promise<Result> {
  const { traffic, functions } = stack;
  for (let n = 0; n < subscriptions; n++) await stack.subscribe(traffic.url(`/${n}`), ['load']);
  const requested = events * subscriptions;
  const startedAt = Date.now();
  const published = traffic.publish(
    Array.from({ length: events }, (_, n) => ({ id: `load-${n}`, type: 'load', afterMs: 2 * n })),
  );

  const times = new Map<string, number>();
  let requests = 0;
  let kills = 0;
  let threads = 0;
  let progressAt = startedAt;
  while (times.size < requested && Date.now() - progressAt < STALLED_MS) {
    // A random delay, so that terminations do not synchronise with the stack.
    await sleep(every * (2 / 3 + (Math.random() * 2) / 3));
    const before = times.size;
    const arrivals = await traffic.arrivals();
    for (const { path, id } of arrivals) times.set(`${path} ${id}`, (times.get(`${path} ${id}`) ?? 0) + 1);
    requests += arrivals.length;
    // Without progress the instances are still starting, and terminating them now could prevent any progress.
    if (times.size === before || times.size === requested) continue;
    progressAt = Date.now();
    kills++;
    threads += await functions.terminate('deliver');
  }
  await published;
  const seconds = (progressAt - startedAt) / 1000;
  const lost = requested - times.size;
  const twice = [...times.values()].filter((count) => count > 1).length;
  const row = {
    requested,
    received: times.size,
    lost,
    requests,
    'delivered more than once': `${((100 * twice) / requested).toFixed(2)} %`,
    kills,
    'threads ended': threads,
    'in dead letters': await stack.waiting('deliveries-dead-letter'),
    seconds,
  };
  const tables = [{ title: 'Deliveries', rows: [row] }];
  return { tables, ...(lost > 0 && { failure: `${lost} deliveries were lost.` }) };
}

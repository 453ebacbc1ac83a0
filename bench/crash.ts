import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Result } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';

/** With nothing new for so long, what is missing is lost. */
const STALLED_MS = 60_000;

type Option = 'events' | 'subscriptions' | 'every';

/**
 * All deliveries arrive though the threads that make them are ended time and again.
 */
export const crash: Bench<Option> = {
  title: 'Crashes',
  summary: 'ends the deliver function every so many milliseconds; fails if a delivery is lost',
  method: `The threads of the deliver function are ended time and again while deliveries are under way. None may be
lost; those that had been made and not acknowledged come twice.`,
  options: { events: 1000, subscriptions: 5, every: 1500 },
  quick: { events: 300 },
  // Few copies, so that they spend their time on deliveries and not on starting.
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
    // Not in step with anything that the stack does.
    await sleep(every * (2 / 3 + (Math.random() * 2) / 3));
    const before = times.size;
    const arrivals = await traffic.arrivals();
    for (const { path, id } of arrivals) times.set(`${path} ${id}`, (times.get(`${path} ${id}`) ?? 0) + 1);
    requests += arrivals.length;
    // Nothing new: the copies are still starting. Ended now, they would never come to anything.
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

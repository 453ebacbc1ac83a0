import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Result } from './bench.ts';
import { type BenchStack, withAssembly, withStack } from './bench-stack.ts';

/** With nothing new for so long, what is missing is lost. */
const STALLED_MS = 60_000;

type Option = 'events' | 'subscriptions' | 'every';

/**
 * All deliveries arrive though the threads that make them are ended time and again.
 *
 * Node 24.21 aborts the whole process, with 134 and `close before init`, where a thread is ended just as it makes a zlib
 * stream, which happens once in some hundred kills. That says nothing about deliveries: run it again.
 */
export const crash: Bench<Option> = {
  summary: 'ends the deliver function every so many milliseconds; fails if a delivery is lost',
  options: { events: 2000, subscriptions: 5, every: 1500 },
  run: (options) => withAssembly({}, (cdkOut) => withStack(cdkOut, (stack) => run(stack, options))),
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
    if (times.size > before) progressAt = Date.now();
    if (times.size === 0 || times.size === requested) continue;
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
  return { rows: [row], ...(lost > 0 && { failure: `${lost} deliveries were lost.` }) };
}

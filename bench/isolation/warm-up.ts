import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchStack } from '../bench-stack.ts';
import { ENDPOINT } from '../endpoints.ts';
import { ANSWERS, type Endpoint } from './plan.ts';

/** For so long each instance is occupied before the measurement. */
const OCCUPIED_MS = 4000;

/** Subscribe endpoints, each of which occupies an instance for a while once it gets its requests directly. */
export async function occupiers({ subscribe, traffic }: BenchStack, count: number): Promise<Endpoint[]> {
  const endpoints: Endpoint[] = [];
  for (let n = 0; n < count; n++) {
    const type = `warm.e${n}`;
    const path = ENDPOINT.after(ANSWERS, ENDPOINT.slow(OCCUPIED_MS));
    endpoints.push({ id: await subscribe(traffic.url(`${path}/${n}`), [type]), type, answers: true });
  }
  return endpoints;
}

/** Send each endpoint that answers as many events as it takes until it gets its requests directly. */
export async function makeDirect(stack: BenchStack, endpoints: readonly Endpoint[]): Promise<void> {
  const answering = endpoints.filter(({ answers }) => answers);
  const events = answering.flatMap(({ type }) =>
    Array.from({ length: ANSWERS }, (_, n) => ({ id: `${type}-${n}`, type, afterMs: 0 })),
  );
  await stack.traffic.publish(events);
  await stack.untilDirect(...answering.map(({ id }) => id));
  await stack.traffic.arrivals();
}

/**
 * Start all instances before the measurement. An instance needs a quarter of a second of CPU to start, and its first
 * work is slow. On Lambda it has its own CPU, but here all share a few cores, and starting the instances for hanging
 * endpoints would delay the healthy ones. Each instance makes one delivery to an endpoint that is slow enough to occupy
 * all of them at once.
 */
export async function warmInstances(
  { functions, traffic }: BenchStack,
  occupied: readonly Endpoint[],
): Promise<void> {
  await Promise.all(occupied.map(() => functions.invoke('deliver', { Records: [] })));
  await traffic.publish(occupied.map(({ type }, n) => ({ id: `warm-${n}`, type, afterMs: n * 100 })));
  let arrived = 0;
  while (arrived < occupied.length) {
    await sleep(500);
    arrived += (await traffic.arrivals()).length;
  }
  await sleep(OCCUPIED_MS);
}

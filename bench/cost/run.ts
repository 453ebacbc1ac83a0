import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from '../../bin/cost/counts.ts';
import type { MeteredStack, Usage } from './metered-stack.ts';
import type { Publisher, Way } from './publisher.ts';
import { type Stored, storedIn } from './stored.ts';
import type { TlsCost } from './tls.ts';
import { type BilledInvocation, billed, countsOf } from './units.ts';

/** What a load took. */
export interface Run {
  readonly way: Way;
  readonly counts: Counts;
  readonly usage: Usage;
  readonly invocations: readonly BilledInvocation[];
  /** Bytes that were there afterwards and not before. */
  readonly kept: Stored;
}

interface Load {
  readonly way: Way;
  readonly events: number;
  readonly tls: TlsCost;
  /** How long each function waits, by its name. */
  readonly waits: ReadonlyMap<string, number>;
}

/** Not counted: copies start, and the JIT compiles. */
const WARM_UP_EVENTS = 500;
/** With nothing new for so long, what is missing is lost. */
const STALLED_MS = 60_000;
/** How long the endpoint takes while events are fanned out, so that batches of deliveries are full from then on. */
const HELD_MS = 3000;

/** Publishes events as fast as they are taken, and counts what comes of them. */
export async function measure(
  metered: MeteredStack,
  publisher: Publisher,
  { way, events, tls, waits }: Load,
): Promise<Run> {
  const { tableEndpoint, stack } = metered;
  const stored = () => storedIn(tableEndpoint, stack.outputs.tableName);
  const publish = (count: number) => deliver(metered, publisher, way, count, HELD_MS);

  await publish(WARM_UP_EVENTS);
  const before = await stored();
  const apiRequestsBefore = publisher.apiRequests;
  metered.take();
  await publish(events);
  const usage = metered.take();
  const apiRequests = publisher.apiRequests - apiRequestsBefore;
  const after = await stored();
  const invocations = billed(usage, waits, tls);
  return {
    ...{ way, usage, invocations },
    counts: countsOf(usage, invocations, { deliveries: events, apiRequests, tls }),
    kept: { table: after.table - before.table, indexes: after.indexes - before.indexes },
  };
}

/**
 * Publishes so many events, and waits until all that comes of them is done.
 *
 * @param heldMs how long the endpoint takes until all events are fanned out
 * @param onFannedOut called then
 */
export async function deliver(
  { endpoint, stack, pace, setPace, settled }: MeteredStack,
  publisher: Publisher,
  way: Way,
  count: number,
  heldMs?: number,
  onFannedOut?: () => void,
): Promise<void> {
  const wanted = endpoint.deliveries + count;
  const usual = pace();
  if (heldMs !== undefined) setPace({ ...usual, endpointMs: heldMs });
  await publisher.publish(way, count);
  while (heldMs !== undefined && (await stack.waiting('events')) > 0) await sleep(50);
  setPace(usual);
  onFannedOut?.();
  let delivered = endpoint.deliveries;
  let progressAt = Date.now();
  while (delivered < wanted) {
    await sleep(50);
    if (endpoint.deliveries !== delivered) progressAt = Date.now();
    delivered = endpoint.deliveries;
    if (Date.now() - progressAt > STALLED_MS)
      throw new Error(`${wanted - delivered} of ${count} deliveries did not arrive.`);
  }
  await settled();
}

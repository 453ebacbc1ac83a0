import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from '../../bin/cost/counts.ts';
import type { MeteredStack, Usage } from './metered-stack.ts';
import type { Publisher, Way } from './publisher.ts';
import { type Stored, storedIn } from './stored.ts';
import type { TlsCost } from './tls.ts';
import { type BilledInvocation, billed, countsOf } from './units.ts';

/** The measured usage of a load. */
export interface Run {
  readonly way: Way;
  readonly counts: Counts;
  readonly usage: Usage;
  readonly invocations: readonly BilledInvocation[];
  /** Growth of the stored bytes. */
  readonly kept: Stored;
}

interface Load {
  readonly way: Way;
  readonly events: number;
  readonly tls: TlsCost;
  /** Waiting time of each function in milliseconds, keyed by its name. */
  readonly waits: ReadonlyMap<string, number>;
}

/** Events that are not counted, while instances start and the JIT compiles. */
const WARM_UP_EVENTS = 500;
/** Without progress for this long, missing deliveries count as lost. */
const STALLED_MS = 60_000;

/** Publish events as fast as the stack accepts them, and measure the usage. */
export async function measure(
  metered: MeteredStack,
  publisher: Publisher,
  { way, events, tls, waits }: Load,
): Promise<Run> {
  const { tableEndpoint, stack } = metered;
  const stored = () => storedIn(tableEndpoint, stack.outputs.tableName);
  const publish = (count: number) => deliver(metered, publisher, way, count);

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
 * Publish events, and wait until all deliveries are done. They begin when all events are fanned out, so that every invocation
 * gets the maximum of records.
 */
export async function deliver(
  { endpoint, stack, holdDeliveries, settled }: MeteredStack,
  publisher: Publisher,
  way: Way,
  count: number,
): Promise<void> {
  const expected = endpoint.deliveries + count;
  const release = holdDeliveries();
  await publisher.publish(way, count);
  for (const queue of ['events', 'internal'] as const) await stack.idle(queue);
  release();
  let delivered = endpoint.deliveries;
  let progressAt = Date.now();
  while (delivered < expected) {
    await sleep(50);
    if (endpoint.deliveries !== delivered) progressAt = Date.now();
    delivered = endpoint.deliveries;
    if (Date.now() - progressAt > STALLED_MS)
      throw new Error(`${expected - delivered} of ${count} deliveries did not arrive.`);
  }
  await settled();
}

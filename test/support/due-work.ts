import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../../core/ports/due-work-store.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

/** Return all entries of the due index, of every shard, that are due by then. */
export async function dueEntries({ due }: Pick<DueWorkStore, 'due'>, until: number): Promise<DueEntry[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => due(shard, until, 1000));
  return (await Promise.all(shards)).flat();
}

/** Delete all due work: nothing that was parked, held or claimed is sent any more. */
export async function deleteDueWork({ table }: Pick<Stack, 'table'>): Promise<void> {
  const dueWork = dueWorkStore(table);
  const left = () => dueEntries(dueWork, Number.MAX_SAFE_INTEGER);
  for (let entries = await left(); entries.length > 0; entries = await left())
    await Promise.all(entries.map(({ key, dueAt }) => dueWork.complete({ key, lease: dueAt })));
}

/** Make a subscription's only parked delivery due now and run the sweeper. */
export async function letFallDue(stack: Stack, subscriptionId: string): Promise<void> {
  const parked = parkedDeliveries(stack.table);
  const delivery = await eventually(`one delivery of ${subscriptionId} is parked`, async () => {
    const { items } = await parked.ofSubscription(subscriptionId, { limit: 2, cursor: null });
    const [only, ...others] = items;
    if (only === undefined || others.length > 0) throw new Error(`${items.length} or more are parked`);
    return only;
  });
  await parked.park({ ...delivery, scheduledFor: Date.now() });
  await stack.functions.invoke('sweep', {});
}

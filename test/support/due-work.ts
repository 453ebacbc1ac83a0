import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

/** Makes a subscription's one parked delivery due now, and runs the sweeper. */
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

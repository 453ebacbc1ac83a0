import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import { eventually, type Stack } from './stack.ts';

/** Make a subscription's only parked delivery due now and run the sweeper. */
export async function letFallDue(stack: Stack, subscriptionId: string): Promise<void> {
  const parked = parkedDeliveries(stack.table);
  const waiting = async () => (await parked.ofSubscription(subscriptionId, { limit: 1, cursor: null })).items;
  await eventually(async () => (await waiting()).length === 1);
  const [delivery] = await waiting();
  await parked.park({ ...(delivery as ParkedDelivery), scheduledFor: Date.now() });
  await stack.functions.invoke('sweep', {});
}

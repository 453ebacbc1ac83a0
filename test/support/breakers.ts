import { breakerStore } from '../../core/adapters/dynamodb/breaker-store.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

/** This many consecutive failures open a breaker. */
const FAILURES = 5;

/** Send events of a type to the events queue, with ids such as `down-7` and data such as `{"n": 7}`. */
export async function sendNumbered(stack: Stack, type: string, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) await stack.sendEvent({ type, id: `${type}-${n}`, data: { n } });
}

/** Send events to a subscription whose endpoint is down until its breaker is open, and no function has cached the opposite. */
export async function openBreaker(stack: Stack, subscriptionId: string, type: string): Promise<void> {
  await sendNumbered(stack, type, 0, FAILURES);
  await eventually(
    `the breaker of ${subscriptionId} is open`,
    async () => (await stack.get(`subscriptions/${subscriptionId}`)).health.state === 'open',
  );
  // A function caches for ten seconds that the breaker is closed; a new copy has cached nothing.
  await stack.functions.terminate('deliver');
}

export const heldDeliveries = (stack: Stack, subscriptionId: string): Promise<readonly ParkedDelivery[]> =>
  parkedDeliveries(stack.table).held(subscriptionId, 1000);

/** Wait until a breaker holds exactly as many first attempts. */
export async function untilHeld(stack: Stack, subscriptionId: string, count: number): Promise<void> {
  await eventually(`${count} first attempts are held for ${subscriptionId}`, async () => {
    const held = await heldDeliveries(stack, subscriptionId);
    const first = held.filter(({ number }) => number === 1);
    if (first.length !== count) throw new Error(`${first.length} first attempts of ${held.length} held`);
  });
}

/** Make the next probe of a breaker due now, and run the sweeper. */
export async function letProbe(stack: Stack, subscriptionId: string): Promise<void> {
  await breakerStore(stack.table).makeDueNow(subscriptionId, Date.now());
  await stack.functions.invoke('sweep', {});
}

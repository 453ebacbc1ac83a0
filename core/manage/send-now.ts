import { wakePump } from '../flow/wake-pump.ts';
import { ConflictError } from '../kernel/errors.ts';
import type { Subscription } from '../model/subscription.ts';
import { type EndPausePorts, endPause } from './end-pause.ts';
import { getSubscription } from './get-subscription.ts';

/**
 * Make everything that waits for a subscription due now, at the pace of its endpoint.
 *
 * @throws ConflictError if nothing may be sent: the subscription is disabled or was paused by its owner
 */
export async function sendNow(ports: EndPausePorts, project: string, id: string): Promise<Subscription> {
  const { enabled, paused } = await getSubscription(ports, project, id);
  if (!enabled)
    throw new ConflictError('The subscription is disabled. Its pending deliveries are cancelled.');
  if (paused) throw new ConflictError('The subscription is paused. Resume it to send its deliveries.');
  const subscription = await endPause(ports, project, id);
  const now = ports.clock();
  await ports.flows.change(project, id, (state) => ({ ...state, pull: { before: now, what: 'all' } }));
  await wakePump(ports, project, id, now);
  return subscription;
}

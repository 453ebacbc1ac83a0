import { isGivenUp } from '../model/flow.ts';
import type { Subscription } from '../model/subscription.ts';
import { changeFlow } from './change-flow.ts';
import { disableSubscription } from './disable-subscription.ts';
import { demandedFlow, type Evidence, withEvidence } from './evidence.ts';
import type { FlowPorts } from './ports.ts';

/**
 * Report what this copy has seen of an endpoint, and change its mode if all the evidence demands it. Whoever reports decides:
 * two that decide at once agree, or one of them loses.
 *
 * @returns whether the subscription has changed
 */
export async function reportEvidence(
  ports: FlowPorts,
  subscription: Subscription,
  evidence: Evidence,
): Promise<boolean> {
  const { flows, clock, log } = ports;
  const { project, id, flow } = subscription;
  try {
    const now = clock();
    const state = await flows.change(project, id, (known) => withEvidence(known, evidence, now));
    if (state.failingSince !== null && isGivenUp(state.failingSince, now))
      return await disableSubscription(ports, subscription, 'failing', state.failingSince);
    return await changeFlow(ports, subscription, demandedFlow(state, flow, now));
  } catch (error) {
    // The next report counts again; a delivery must not be attempted twice for it.
    log.error('evidence not reported', { project, subscriptionId: id, error });
    return false;
  }
}

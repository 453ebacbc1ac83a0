import { type StartModePorts, startMode } from '../flow/start-mode.ts';
import { ConflictError } from '../kernel/errors.ts';
import { retryConflicts } from '../kernel/retry-conflicts.ts';
import type { Flow } from '../model/flow.ts';
import type { Subscription } from '../model/subscription.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { getSubscription } from './get-subscription.ts';

export interface EndPausePorts extends StartModePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly flows: Pick<FlowStore, 'change' | 'setMode' | 'wake'>;
}

/**
 * Pace an endpoint that is paused because it is down, as if a probe had been answered. Return its subscription.
 *
 * @throws ConflictError after 30 lost races
 */
export const endPause = (ports: EndPausePorts, project: string, id: string): Promise<Subscription> =>
  retryConflicts(async () => {
    const subscription = await getSubscription(ports, project, id);
    const { flow } = subscription;
    if (flow.mode !== 'paused') return subscription;
    const now = ports.clock();
    const paced: Flow = { ...flow, mode: 'paced', reason: 'recovering', since: new Date(now).toISOString() };
    if (!(await ports.flows.setMode(project, id, flow, paced)))
      throw new ConflictError('The mode of the subscription was changed meanwhile.');
    const pull = { before: now, what: 'outages' } as const;
    await startMode(ports, subscription, { from: flow.mode, nextProbeAt: null, pull });
    return { ...subscription, flow: paced };
  });

import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { FlowPorts } from './ports.ts';
import { probeAfterArrival } from './probe-schedule.ts';
import { wakePump } from './wake-pump.ts';

/** Wake the pumps of entries that were put into their mailboxes. */
export async function wakeForArrivals(ports: FlowPorts, entries: readonly WaitingDelivery[]): Promise<void> {
  const bySubscription = Map.groupBy(entries, ({ subscriptionId }) => subscriptionId);
  await Promise.all(
    bySubscription.values().map(async (ofOne) => {
      const [{ project, subscriptionId }] = ofOne as [WaitingDelivery, ...WaitingDelivery[]];
      const firstDueAt = Math.min(...ofOne.map(({ dueAt }) => dueAt));
      await wakeForArrival(ports, project, subscriptionId, firstDueAt);
    }),
  );
}

/** Wake the pump of a subscription for which something waits that is due at a time, in milliseconds since the epoch. */
export async function wakeForArrival(
  ports: FlowPorts,
  project: string,
  subscriptionId: string,
  dueAt: number,
): Promise<void> {
  const at = await wakeAt(ports, project, subscriptionId, dueAt);
  if (at !== null) await wakePump(ports, project, subscriptionId, at);
}

/** Return when the pump should look at an arrival that is due at a time; null if its owner has paused the subscription. */
async function wakeAt(
  { cachedSubscriptions, flows, clock }: FlowPorts,
  project: string,
  subscriptionId: string,
  dueAt: number,
): Promise<number | null> {
  const now = clock();
  let subscription = await cachedSubscriptions.get(project, subscriptionId);
  if (subscription?.paused) {
    // It may have been resumed since, and whoever resumed it has woken the pump already.
    cachedSubscriptions.forget(project, subscriptionId);
    subscription = await cachedSubscriptions.get(project, subscriptionId);
  }
  // Whatever is left of a subscription that is gone ends in the mailbox.
  if (subscription === null) return now;
  if (subscription.paused) return null;
  const at = Math.max(dueAt, now);
  if (subscription.flow.mode !== 'paused') return at;
  const item = await flows.get(subscriptionId);
  const pausedSince = Date.parse(subscription.flow.since ?? '');
  const probeAt = probeAfterArrival(pausedSince, item?.state.probedAt ?? null, now);
  return Math.max(at, Math.min(probeAt, item?.state.nextProbeAt ?? probeAt));
}

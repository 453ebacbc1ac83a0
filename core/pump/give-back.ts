import { wakeForArrival, wakeForArrivals } from '../flow/wake-for-arrivals.ts';
import { callPump, isSoon, wakePump } from '../flow/wake-pump.ts';
import type { FlowState } from '../model/flow-state.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Lease } from '../ports/flow-store.ts';
import type { Arrivals } from './arrivals.ts';
import type { HeldLease } from './held-lease.ts';
import { nextDueAt } from './next-due.ts';
import type { PumpPorts } from './ports.ts';
import { taskOf } from './task.ts';

/** If a pump dies between giving its mailbox back and looking again, it is due so long after. */
const LOOK_AGAIN_MS = 120_000;
/** The next turn begins so long after one with faults of ours. */
export const AFTER_FAULTS_MS = 30_000;

/** The result of a turn. */
export interface TurnEnd {
  /** When the next turn should begin, in milliseconds since the epoch; null if nothing waits or may be sent. */
  readonly nextTurnAt: number | null;
  /** Whether nothing waits at all. */
  readonly isEmpty: boolean;
  readonly hadFaults: boolean;
  /** The deliveries that arrived while the endpoint was probed. */
  readonly arrivals: Arrivals | null;
}

/**
 * Give a mailbox back, and call the next turn. The pump is idle only after another look: whoever put something in, or
 * resumed the subscription, before it was given back has not woken it.
 */
export async function giveBack(ports: PumpPorts, lease: Lease, held: HeldLease, end: TurnEnd): Promise<void> {
  const { project, subscriptionId } = lease;
  const { nextTurnAt, isEmpty, arrivals } = end;
  const dueAt = nextTurnAt ?? ports.clock() + LOOK_AGAIN_MS;
  const called = nextTurnAt !== null && isSoon(nextTurnAt, ports.clock());
  const left = await held.release(dueAt, called);
  if (left === null) return;
  if (called) await callPump(ports, project, subscriptionId, nextTurnAt);
  // Nothing can be due sooner.
  if (dueAt <= ports.clock()) return;
  // Whatever was cached while the pump ran may have changed since.
  ports.cachedSubscriptions.forget(project, subscriptionId);
  const subscription = await ports.cachedSubscriptions.get(project, subscriptionId);
  const firstDueAt = () => nextDueAt(ports.mailbox, subscriptionId, subscription, ports.clock());
  if (await isAsked(ports, lease, subscription, { left, ...end }))
    return wakePump(ports, project, subscriptionId, ports.clock());
  // While the pump held the lease, an arrival could not bring the next probe forward.
  await wakeForArrivals(ports, (await arrivals?.until(ports.clock())) ?? []);
  if (maySend(subscription, end)) {
    const firstAt = await firstDueAt();
    if (firstAt !== null && firstAt < dueAt) return wakePump(ports, project, subscriptionId, firstAt);
  }
  if (nextTurnAt !== null) return;
  if (subscription === null) await ports.flows.remove(subscriptionId, dueAt);
  else await ports.flows.idle(subscriptionId, dueAt, isEmpty);
  // Whoever put in something that is due after `dueAt` has relied on it, and not woken the pump.
  const firstAt = await firstDueAt();
  if (firstAt !== null) await wakeForArrival(ports, project, subscriptionId, firstAt);
}

/** Give a mailbox back after a fault, unless it was given back before that. */
export async function giveBackAfterFault(
  ports: PumpPorts,
  { project, subscriptionId }: Lease,
  held: HeldLease,
): Promise<void> {
  const at = ports.clock() + AFTER_FAULTS_MS;
  if (await held.release(at, true)) await callPump(ports, project, subscriptionId, at);
  else await wakePump(ports, project, subscriptionId, at);
}

/** Whether somebody has asked for a pull or a replay, or tested an endpoint for which nothing waits, while the pump ran. */
async function isAsked(
  { jobs }: PumpPorts,
  { subscriptionId }: Lease,
  subscription: Subscription | null,
  { left, ...end }: TurnEnd & { readonly left: FlowState },
): Promise<boolean> {
  const hasNothingToProbeWith = taskOf(subscription) === 'probe' && end.isEmpty;
  if (!hasNothingToProbeWith && !maySend(subscription, end)) return false;
  if ((hasNothingToProbeWith ? left.testedAt : left.pull) !== null) return true;
  return (await jobs.running(subscriptionId)) !== null;
}

/** Whether another turn can do something with a subscription's deliveries at once. */
function maySend(subscription: Subscription | null, { hadFaults }: TurnEnd): boolean {
  const task = taskOf(subscription);
  return !hadFaults && (task === 'send' || task === 'end');
}

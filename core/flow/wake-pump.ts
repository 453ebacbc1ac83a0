import type { Clock } from '../kernel/clock.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { PumpQueue } from '../ports/message-queue.ts';

export interface WakePumpPorts {
  readonly flows: Pick<FlowStore, 'wake'>;
  readonly pumpsQueue: PumpQueue;
  readonly clock: Clock;
}

/** The sweeper looks ahead so far, and sends what is due later. */
const SOON_MS = 120_000;

/**
 * Have a subscription's pump look into its mailbox at a time, in milliseconds since the epoch, at the latest. Whatever is to
 * be found there must be written before. If the message is not sent, the sweeper sends it.
 */
export async function wakePump(
  ports: WakePumpPorts,
  project: string,
  subscriptionId: string,
  at: number,
): Promise<void> {
  const called = isSoon(at, ports.clock());
  if ((await ports.flows.wake(project, subscriptionId, at, called)) && called)
    await callPump(ports, project, subscriptionId, at);
}

/** Return whether the message for a pump that is due at a time must be sent at once. The sweeper sends the others. */
export const isSoon = (at: number, now: number): boolean => at - now <= SOON_MS;

/** Send the message for a pump that is due soon. */
export async function callPump(
  { pumpsQueue, clock }: Pick<WakePumpPorts, 'pumpsQueue' | 'clock'>,
  project: string,
  subscriptionId: string,
  at: number,
): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((at - clock()) / 1000));
  await pumpsQueue.send([{ message: { project, subscriptionId }, groupId: project, delaySeconds }]);
}

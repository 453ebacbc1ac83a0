import { eraseActor } from '../erase/erase-actor.ts';
import { eraseEvent } from '../erase/erase-event.ts';
import { countedMailbox } from '../flow/counted-mailbox.ts';
import { wakePump } from '../flow/wake-pump.ts';
import type { ParkedDelivery } from '../model/delivery.ts';
import { type Claim, type DueWork, type LegacyBreaker, STEP_MS, stepLease } from '../model/due-work.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { DeliverInvocation } from './invocation.ts';

/** Do the due work that a claim refers to, unless it is completed or another worker has it. */
export async function workOffClaim(invocation: DeliverInvocation, found: Claim): Promise<void> {
  const { dueWork, jobs, clock, log } = invocation.ports;
  const claimed = await dueWork.claimed(found, stepLease(clock(), found));
  if (claimed === null) {
    log.info('claim void', { item: found.key });
    return;
  }
  const { claim, work } = claimed;
  switch (work.kind) {
    case 'replay': {
      const { project, subscriptionId } = work.job;
      await wakePump(invocation.ports, project, subscriptionId, clock());
      return jobs.handOver(claim);
    }
    case 'erasure':
      return eraseActor(invocation.ports, claim, work.job);
    case 'erased-event':
      return eraseAgain(invocation, claim, work);
    case 'delivery': {
      const { project, subscriptionId } = work.delivery;
      await countedMailbox(invocation.ports).write([toWaiting(work.delivery, clock())]);
      await wakePump(invocation.ports, project, subscriptionId, clock());
      return dueWork.complete(claim);
    }
    case 'breaker':
      return convertBreaker(invocation, claim, work.breaker);
  }
}

/** Erase what was recorded of an event since it was erased, or what its erasure has left if it died. */
async function eraseAgain(
  { ports }: DeliverInvocation,
  claim: Claim,
  { project, eventId }: Extract<DueWork, { kind: 'erased-event' }>,
): Promise<void> {
  if (await eraseEvent(ports, project, eventId, ports.clock() + STEP_MS))
    return ports.dueWork.complete(claim);
  // If this is not sent, the sweeper finds it when the lease ends.
  await ports.retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: project }]);
}

const PER_PAGE = 100;
/** A breaker is looked at again after so long: longer than a function runs, and remembers a subscription. */
const LOOK_AGAIN_MS = 5 * 60_000;

/**
 * Put what a breaker holds into the mailbox. Its lease keeps the copies of the version that opened it from draining it
 * meanwhile. These go on holding deliveries while the endpoint is paused, which nobody would look for without the breaker: it
 * is removed when the endpoint is not paused and holds nothing.
 */
async function convertBreaker(
  { ports }: DeliverInvocation,
  claim: Claim,
  { project, subscriptionId }: LegacyBreaker,
): Promise<void> {
  const { subscriptions, parked, dueWork, retriesQueue, clock } = ports;
  const until = clock() + STEP_MS;
  let isEmpty = true;
  for (;;) {
    const held = await parked.held(subscriptionId, PER_PAGE);
    if (held.length === 0) break;
    isEmpty = false;
    await countedMailbox(ports).write(held.map((delivery) => toWaiting(delivery, clock())));
    await Promise.all(held.map((delivery) => parked.release(delivery)));
    if (clock() < until) continue;
    // If this is not sent, the sweeper finds the breaker when the lease ends.
    await retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: project }]);
    return;
  }
  await wakePump(ports, project, subscriptionId, clock());
  const subscription = await subscriptions.get(project, subscriptionId);
  const isPaused = subscription?.enabled === true && subscription.flow.mode === 'paused';
  if (isEmpty && !isPaused) return dueWork.complete(claim);
  const { key, lease } = claim;
  await dueWork.claim({ key, dueAt: lease, isPump: false }, clock() + LOOK_AGAIN_MS);
}

function toWaiting({ scheduledFor, held: _held, ...delivery }: ParkedDelivery, now: number): WaitingDelivery {
  const isFirst = delivery.number === 1 && delivery.replay === undefined;
  return { ...delivery, dueAt: isFirst ? Date.parse(delivery.acceptedAt) : Math.min(scheduledFor, now) };
}

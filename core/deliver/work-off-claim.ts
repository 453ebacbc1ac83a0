import { wakePump } from '../flow/wake-pump.ts';
import type { ParkedDelivery } from '../model/delivery.ts';
import { type Claim, type LegacyBreaker, STEP_MS, stepLease } from '../model/due-work.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { DeliverInvocation } from './invocation.ts';

/** Do the due work that a claim refers to, unless it is completed or another worker has it. */
export async function workOffClaim(invocation: DeliverInvocation, found: Claim): Promise<void> {
  const { dueWork, jobs, mailbox, clock, log } = invocation.ports;
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
    case 'delivery': {
      const { project, subscriptionId } = work.delivery;
      await mailbox.write([toWaiting(work.delivery, clock())]);
      await wakePump(invocation.ports, project, subscriptionId, clock());
      return dueWork.complete(claim);
    }
    case 'breaker':
      return convertBreaker(invocation, claim, work.breaker);
  }
}

const PER_PAGE = 100;

/**
 * Put what a breaker holds into the mailbox, and remove the breaker. Its lease keeps the copies of the version that opened it
 * from draining it meanwhile.
 */
async function convertBreaker(
  { ports }: DeliverInvocation,
  claim: Claim,
  { project, subscriptionId }: LegacyBreaker,
): Promise<void> {
  const { parked, mailbox, dueWork, retriesQueue, clock } = ports;
  const until = clock() + STEP_MS;
  for (;;) {
    const held = await parked.held(subscriptionId, PER_PAGE);
    if (held.length === 0) break;
    await mailbox.write(held.map((delivery) => toWaiting(delivery, clock())));
    await Promise.all(held.map((delivery) => parked.release(delivery)));
    if (clock() < until) continue;
    // If this is not sent, the sweeper finds the breaker when the lease ends.
    await retriesQueue.send([{ message: { kind: 'claim', claim }, groupId: project }]);
    return;
  }
  await wakePump(ports, project, subscriptionId, clock());
  await dueWork.complete(claim);
}

function toWaiting({ scheduledFor, held: _held, ...delivery }: ParkedDelivery, now: number): WaitingDelivery {
  const isFirst = delivery.number === 1 && delivery.replay === undefined;
  return { ...delivery, dueAt: isFirst ? Date.parse(delivery.acceptedAt) : Math.min(scheduledFor, now) };
}

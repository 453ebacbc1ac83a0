import { newBreaker } from '../model/breaker.ts';
import type { ParkedDelivery } from '../model/delivery.ts';
import { type Claim, stepLease } from '../model/due-work.ts';
import { attemptStored } from './attempt-stored.ts';
import { drainBacklog } from './drain-backlog.ts';
import type { DeliverInvocation } from './invocation.ts';
import { runReplay } from './run-replay.ts';

/** Do the due work that a claim refers to, unless it is completed or another worker has it. */
export async function workOffClaim(invocation: DeliverInvocation, found: Claim): Promise<void> {
  const { dueWork, clock, log } = invocation.ports;
  const claimed = await dueWork.claimed(found, stepLease(clock(), found));
  if (claimed === null) {
    log.info('claim void', { item: found.key });
    return;
  }
  const { claim, work } = claimed;
  switch (work.kind) {
    case 'breaker':
      return drainBacklog(invocation, claim, work.breaker);
    case 'replay':
      return runReplay(invocation.ports, claim, work.job);
    case 'delivery':
      return attemptParked(invocation, claim, work.delivery);
  }
}

/** Longer than the longest wait between two probes: a breaker that is not due by then is lost. */
const BREAKER_LOST_MS = 2 * 3_600_000;

async function attemptParked(
  invocation: DeliverInvocation,
  claim: Claim,
  delivery: ParkedDelivery,
): Promise<void> {
  const { dueWork, breakers, clock } = invocation.ports;
  const { verdict, parked } = await attemptStored(invocation, delivery);
  // Held for a day, and held again: make sure that a breaker looks after it.
  if (delivery.held && parked && verdict === null) {
    const breaker = newBreaker(delivery.project, delivery.subscriptionId);
    await breakers.ensure(breaker, clock(), clock() + BREAKER_LOST_MS);
  }
  // If it was parked again under the same key, the claim has ended already and this does nothing.
  await dueWork.complete(claim);
}

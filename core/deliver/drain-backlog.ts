import { type Breaker, LINGER_MS, probeWait } from '../model/breaker.ts';
import type { ParkedDelivery } from '../model/delivery.ts';
import { type Claim, STEP_MS, stepLease } from '../model/due-work.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import { attemptStored } from './attempt-stored.ts';
import type { DeliverInvocation } from './invocation.ts';

const PER_PAGE = 20;
/** When a delivery that could not be attempted is due by itself. */
const ASIDE_MS = 5 * 60_000;

/** How a look at what is held ended: nothing was left, the step's time was up, or the endpoint took no more. */
type Ending = 'empty' | 'time' | Rebuff;

interface Rebuff {
  /** It did not answer, or asked to wait; else it refused a page, though it answered. */
  readonly isDown: boolean;
  /** When the endpoint wants to be asked again, in milliseconds since the epoch. */
  readonly retryAfter: number | null;
}

/**
 * One look at what is held for a subscription, one delivery after the other, the oldest event first. The first is the
 * probe: if it fails, all that is left waits for the next look, each time longer. If it succeeds the breaker closes and
 * the others follow. An endpoint that has just come back gets one request at a time, however much is held for it; what
 * is published meanwhile takes its own way.
 */
export async function drainBacklog(
  invocation: DeliverInvocation,
  claim: Claim,
  found: Breaker,
): Promise<void> {
  const { ports } = invocation;
  const { breakers, dueWork, subscriptions, healthStore, cachedSubscriptions, clock, random, log, metrics } =
    ports;

  const { project, subscriptionId } = found;
  // From here on another holder of the same message is overtaken.
  const step = await breakers.save(claim, found, stepLease(clock(), claim));
  if (step === null) return;
  // A probe must go where the subscription points now.
  cachedSubscriptions.forget(project, subscriptionId);

  const { ending, delivered } = await lookAtHeld(invocation, subscriptionId);
  if (ending === 'time') {
    await goOn(invocation, step, { ...found, failedProbes: 0 });
  } else if (ending === 'empty') {
    // Nothing to probe with: the next event finds out. Failures go on being counted.
    await healthStore.closeBreaker(project, subscriptionId);
    const closedAt = found.closedAt ?? clock();
    const lastLookAt = closedAt + LINGER_MS;
    if (clock() < lastLookAt) await breakers.save(step, { ...found, failedProbes: 0, closedAt }, lastLookAt);
    else {
      await dueWork.complete(step);
      log.info('breaker ended', { project, subscriptionId });
      metrics.count('BreakersEnded');
    }
  } else {
    const isOpen = (await subscriptions.get(project, subscriptionId))?.health.state === 'open';
    // Only an endpoint that is down is asked ever more rarely.
    const failedProbes = isOpen && ending.isDown ? found.failedProbes + 1 : 0;
    const dueAt = Math.max(clock() + probeWait(failedProbes, random()), ending.retryAfter ?? 0);
    const closedAt = isOpen ? null : (found.closedAt ?? clock());
    await breakers.save(step, { ...found, failedProbes, closedAt }, dueAt);
    const nextProbeAt = new Date(dueAt).toISOString();
    log.warn('probe failed', { project, subscriptionId, delivered, failedProbes, nextProbeAt });
  }
}

const REFUSED: Rebuff = { isDown: false, retryAfter: null };

async function lookAtHeld(
  invocation: DeliverInvocation,
  subscriptionId: string,
): Promise<{ readonly ending: Ending; readonly delivered: number }> {
  const { health, ports } = invocation;
  const { parked, clock } = ports;
  const until = clock() + STEP_MS;
  let delivered = 0;
  let refused = 0;
  for (;;) {
    const page = await parked.held(subscriptionId, PER_PAGE);
    if (page.length === 0) return { ending: 'empty', delivered };
    for (const delivery of page) {
      const verdict = await attemptHeld(invocation, delivery);
      if (verdict?.kind === 'delivered') {
        delivered++;
        // Whoever believes the breaker open must learn that it has closed.
        await health.flush();
      }
      if (verdict !== null && isRebuff(verdict)) {
        await health.flush();
        return { ending: { isDown: true, retryAfter: verdict.retryAfter }, delivered };
      }
      if (verdict !== null && CONSEQUENCES[verdict.kind].isBlamed) refused++;
      if (delivered === 0 && refused === PER_PAGE) return { ending: REFUSED, delivered };
      if (clock() >= until) return { ending: 'time', delivered };
    }
  }
}

/** One that cannot be attempted for a fault of ours goes its own way from here: it must not hold up the others. */
async function attemptHeld(invocation: DeliverInvocation, delivery: ParkedDelivery): Promise<Verdict | null> {
  const { parked, clock, log } = invocation.ports;
  let verdict: Verdict | null = null;
  try {
    verdict = (await attemptStored(invocation, delivery, true)).verdict;
  } catch (error) {
    const { project, subscriptionId, eventId, number } = delivery;
    log.error('held delivery not attempted', {
      ...{ project, eventId, subscriptionId, number },
      follows: 'parked',
      error,
    });
    await parked.park({ ...delivery, held: false, scheduledFor: clock() + ASIDE_MS });
  }
  await parked.release(delivery);
  return verdict;
}

/** Whether an endpoint is not to be bothered further for now: it is down, or asks to wait. */
function isRebuff({ kind }: Verdict): boolean {
  return kind === 'down' || kind === 'busy';
}

/** Leaves the rest to the next step. If it cannot be called, the sweeper does when the lease ends. */
async function goOn(
  { ports: { breakers, retriesQueue, clock } }: DeliverInvocation,
  step: Claim,
  breaker: Breaker,
): Promise<void> {
  const next = await breakers.save(step, breaker, stepLease(clock(), step));
  if (next === null) return;
  const message = { kind: 'claim', claim: next } as const;
  await retriesQueue.send([{ message, groupId: breaker.subscriptionId }]);
}

import { cancel, conclude, request, subscriptionFor } from '../deliver/attempt.ts';
import { loadDelivery } from '../deliver/attempt-stored.ts';
import { SLOW_MS } from '../model/flow.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { PaceResult } from './pace.ts';
import type { PumpInvocation } from './pump-invocation.ts';

/** An attempt that is being made. */
interface AttemptWaiting {
  /** Resolves as soon as the request has ended; with null if none was made. */
  readonly request: Promise<PaceResult | null>;
  /**
   * Resolves when the delivery has left the mailbox, or is in it with its next attempt; with null if no request was made.
   * Rejects after a fault of ours: the delivery is in the mailbox as before.
   */
  readonly verdict: Promise<Verdict | null>;
}

/**
 * Attempt a delivery of the mailbox.
 *
 * @param probeAgainAt if the attempt is a probe: when the next one is due, in milliseconds since the epoch
 */
export function attemptWaiting(
  invocation: PumpInvocation,
  entry: WaitingDelivery,
  probeAgainAt: number | null = null,
): AttemptWaiting {
  const ended = Promise.withResolvers<PaceResult | null>();
  const verdict = attemptEntry(invocation, entry, probeAgainAt, ended).finally(() => ended.resolve(null));
  return { request: ended.promise, verdict };
}

async function attemptEntry(
  invocation: PumpInvocation,
  entry: WaitingDelivery,
  probeAgainAt: number | null,
  ended: PromiseWithResolvers<PaceResult | null>,
): Promise<Verdict | null> {
  const delivery = await loadDelivery(invocation, entry);
  const scope = delivery && invocation.scopeOf(delivery.event);
  const subscription = delivery && scope && (await subscriptionFor(invocation, delivery, scope));
  if (delivery === null || scope === null || subscription === null) {
    ended.resolve(null);
    if (delivery !== null) await cancel(invocation, delivery);
    await invocation.mailbox.remove(entry);
    return null;
  }
  if (!(await invocation.mayBegin(subscription)))
    throw new Error('The function might end before the request does.');
  const sent = await request(invocation, subscription, delivery, { scope, probe: probeAgainAt !== null });
  ended.resolve(paceResult(sent.verdict, sent.attempt.durationMs));
  const { verdict, nextAt, stays } = await conclude(invocation, subscription, delivery, sent, probeAgainAt);
  // A key that the next attempt shares has been replaced already.
  if (!stays && nextAt !== entry.dueAt) await invocation.mailbox.remove(entry);
  return verdict;
}

/** Log that a fault of ours prevented an attempt. */
export function reportFault(
  { ports: { log } }: PumpInvocation,
  { project, eventId, subscriptionId, number }: WaitingDelivery,
  error: unknown,
): void {
  log.error('waiting delivery not attempted', { project, eventId, subscriptionId, number, error });
}

function paceResult({ kind }: Verdict, durationMs: number): PaceResult | null {
  if (kind === 'unrenderable') return null;
  if (kind === 'busy') return 'busy';
  if (CONSEQUENCES[kind].isOutage) return 'outage';
  return durationMs > SLOW_MS ? 'slow' : 'fast';
}

import { EventScope } from '../customer-code/event-scope.ts';
import { attempt, cancel, subscriptionFor } from '../deliver/attempt.ts';
import { loadDelivery } from '../deliver/attempt-stored.ts';
import { SLOW_MS } from '../model/flow.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { PaceResult } from './pace.ts';
import type { PumpInvocation } from './pump-invocation.ts';

interface AttemptWaitingOptions {
  /** If the attempt is a probe: when the next one is due, in milliseconds since the epoch. */
  readonly probeAgainAt?: number;
  /** Called as soon as its request has ended; with null if none was made. */
  readonly onEnd?: (result: PaceResult | null) => void;
}

/**
 * Attempt a delivery of the mailbox. When this resolves, the delivery has left the mailbox, or is in it with its next attempt.
 *
 * @returns the verdict, or null if no request was made
 * @throws Error after a fault of ours: the delivery is in the mailbox as before
 */
export async function attemptWaiting(
  invocation: PumpInvocation,
  entry: WaitingDelivery,
  { probeAgainAt, onEnd = () => {} }: AttemptWaitingOptions = {},
): Promise<Verdict | null> {
  let isOpen = true;
  const end = (result: PaceResult | null) => {
    if (isOpen) onEnd(result);
    isOpen = false;
  };
  try {
    const delivery = await loadDelivery(invocation, entry);
    const scope = delivery && new EventScope(delivery.event, invocation.ports.clock());
    const subscription = delivery && scope && (await subscriptionFor(invocation, delivery, scope));
    if (delivery === null || scope === null || subscription === null) {
      end(null);
      if (delivery !== null) await cancel(invocation, delivery);
      await invocation.mailbox.remove(entry);
      return null;
    }
    const { verdict, nextAt, stays } = await attempt(invocation, subscription, delivery, {
      scope,
      probeAgainAt: probeAgainAt ?? null,
      onEnd: (verdict, durationMs) => end(paceResult(verdict, durationMs)),
    });
    // A key that the next attempt shares has been replaced already.
    if (!stays && nextAt !== entry.dueAt) await invocation.mailbox.remove(entry);
    return verdict;
  } finally {
    end(null);
  }
}

function paceResult({ kind }: Verdict, durationMs: number): PaceResult | null {
  if (kind === 'unrenderable') return null;
  if (kind === 'busy') return 'busy';
  if (CONSEQUENCES[kind].isOutage) return 'outage';
  return durationMs > SLOW_MS ? 'slow' : 'fast';
}

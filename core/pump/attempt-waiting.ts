import { cancel, conclude, request, subscriptionFor, watchingSender } from '../deliver/attempt.ts';
import { loadDelivery } from '../deliver/attempt-stored.ts';
import { MOST_MEMORY, memoryOfEvent } from '../model/event-memory.ts';
import { SLOW_MS } from '../model/flow.ts';
import { OutOfTime } from '../model/out-of-time.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { Pace, PaceResult } from './pace.ts';
import { PacedSender } from './paced-sender.ts';
import type { PumpInvocation } from './pump-invocation.ts';

/** An attempt that is being made. */
export interface AttemptWaiting {
  /** Resolves as soon as the request has ended; with null if none was made. */
  readonly request: Promise<PaceResult | null>;
  /**
   * Resolves when the next attempt has been scheduled, or there is none: the delivery `leaves` the mailbox, or `stays` with a
   * later time; `fault`: it is there as before.
   */
  readonly concluded: Promise<'leaves' | 'stays' | 'fault'>;
  /**
   * Resolves when the delivery has left the mailbox, or is in it with its next attempt; with null if no request was made.
   * Rejects after a fault of ours, with {@link OutOfTime} if there was only no time: the delivery is in the mailbox as before.
   */
  readonly verdict: Promise<Verdict | null>;
}

/**
 * Attempt a delivery of the mailbox. Its request is sent when the pace's configured rate allows it.
 *
 * @param probeAgainAt if the attempt is a probe: when the next one is due, in milliseconds since the epoch
 */
export function attemptWaiting(
  invocation: PumpInvocation,
  entry: WaitingDelivery,
  pace: Pace,
  probeAgainAt: number | null = null,
): AttemptWaiting {
  const ended = Promise.withResolvers<PaceResult | null>();
  const concluded = Promise.withResolvers<'leaves' | 'stays' | 'fault'>();
  const verdict = attemptEntry(invocation, entry, pace, probeAgainAt, { ended, concluded }).finally(() => {
    ended.resolve(null);
    concluded.resolve('fault');
  });
  return { request: ended.promise, concluded: concluded.promise, verdict };
}

async function attemptEntry(
  invocation: PumpInvocation,
  entry: WaitingDelivery,
  pace: Pace,
  probeAgainAt: number | null,
  {
    ended,
    concluded,
  }: {
    readonly ended: PromiseWithResolvers<PaceResult | null>;
    readonly concluded: PromiseWithResolvers<'leaves' | 'stays' | 'fault'>;
  },
): Promise<Verdict | null> {
  const share = await invocation.eventMemory.take(MOST_MEMORY);
  try {
    const delivery = await loadDelivery(invocation, entry);
    if (delivery !== null) share.keep(memoryOfEvent(delivery.event));
    const scope = delivery && invocation.scopeOf(delivery.event);
    const subscription = delivery && scope && (await subscriptionFor(invocation, delivery, scope));
    if (delivery === null || scope === null || subscription === null) {
      ended.resolve(null);
      if (delivery !== null) await cancel(invocation, delivery);
      concluded.resolve('leaves');
      await invocation.mailbox.remove(entry);
      return null;
    }
    if (!(await invocation.mayBegin(subscription))) throw new OutOfTime();
    const { clock } = invocation.ports;
    const sent = await request(invocation, subscription, delivery, {
      scope,
      probe: probeAgainAt !== null,
      sender: new PacedSender(watchingSender(invocation, subscription), pace, clock),
    });
    ended.resolve(paceResult(sent.verdict, sent.attempt.durationMs));
    const options = { probeAgainAt, attempted: entry };
    const { verdict, isWaiting } = await conclude(invocation, subscription, delivery, sent, options);
    concluded.resolve(isWaiting ? 'stays' : 'leaves');
    if (!isWaiting) await invocation.mailbox.remove(entry);
    return verdict;
  } finally {
    share.end();
  }
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

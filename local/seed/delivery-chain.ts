import type { EventScope } from '../../core/customer-code/event-scope.ts';
import { sendAttempt } from '../../core/deliver/send-attempt.ts';
import type { Delivery } from '../../core/model/delivery.ts';
import { nextAttemptAt } from '../../core/model/retry-schedule.ts';
import { CONSEQUENCES, type Verdict } from '../../core/model/verdict.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import { propagation } from '../../core/ports/tracer.ts';
import type { EndpointPast } from './endpoint-past.ts';
import type { Endpoint } from './endpoints.ts';
import type { Random } from './random.ts';

/** What became of a delivery until now. */
export interface DeliveryChain {
  readonly attempts: readonly RecordedAttempt[];
  /** The next attempt if one follows. */
  readonly waiting: WaitingDelivery | null;
}

interface ChainContext {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly scope: EventScope;
  readonly random: Random;
  /** When the chain ends, in milliseconds since the epoch. */
  readonly now: number;
}

/** The endpoints ask for this much time with a 429. */
const AFTER_BUSY_MS = 30_000;

/**
 * Make the attempts of a delivery from a time on, as the deliver function would have: the same requests, verdicts and waits.
 *
 * @param at when the first attempt is due, in milliseconds since the epoch
 */
export async function deliveryChain(
  { projects, scope, random, now }: ChainContext,
  { subscription }: Endpoint,
  past: EndpointPast,
  delivery: Delivery,
  at: number,
): Promise<DeliveryChain> {
  const { project, id: eventId, acceptedAt, expiresAt } = delivery.event;
  const { id: subscriptionId, retry } = subscription;
  const of = { project, subscriptionId, eventId, acceptedAt };
  const attempts: RecordedAttempt[] = [];
  let waiting: WaitingDelivery = { ...of, number: 1, dueAt: Date.parse(acceptedAt) };
  for (let due = at; ; due = waiting.dueAt) {
    if (due > now || past.isHeldAt(due)) return { attempts, waiting };
    if (past.isEndedAt(due)) return { attempts: endLast(attempts), waiting: null };
    const { number } = waiting;
    const trigger = number === 1 ? 'event' : 'retry';
    const result = past.answer(due, random);
    const { attempt, record, verdict } = await sendAttempt(
      { projects, sender: { send: async () => result }, tracer: propagation, clock: () => due },
      subscription,
      { ...delivery, number, trigger },
      { scope },
    );
    past.note(attempt, verdict);
    const ended = due + attempt.durationMs;
    const next = nextAt(verdict, { retry, number, now: ended, random: random.next() });
    const isExhausted = next === null || next >= expiresAt || past.isEndedAt(next);
    const recorded = {
      ...attempt,
      ...record,
      nextAttemptAt: isExhausted ? null : new Date(next).toISOString(),
    };
    const isRepeated = verdict.kind === 'busy';
    // The attempt that follows a 429 has the same number, and overwrites it.
    if (attempts.at(-1)?.number === number) attempts.pop();
    attempts.push(recorded);
    if (isExhausted) return { attempts, waiting: null };
    const outage = CONSEQUENCES[verdict.kind].isOutage;
    waiting = { ...of, number: isRepeated ? number : number + 1, dueAt: next, failedAt: ended, outage };
  }
}

interface Ended {
  readonly retry: Endpoint['subscription']['retry'];
  readonly number: number;
  readonly now: number;
  readonly random: number;
}

function nextAt({ kind }: Verdict, ended: Ended): number | null {
  if (kind === 'busy') return ended.now + AFTER_BUSY_MS;
  return CONSEQUENCES[kind].isRetried && kind !== 'delivered'
    ? nextAttemptAt({ ...ended, retryAfter: null })
    : null;
}

/** Nothing follows the last attempt of a subscription that was disabled. */
const endLast = (attempts: readonly RecordedAttempt[]): readonly RecordedAttempt[] =>
  attempts.map((attempt, index) =>
    index === attempts.length - 1 ? { ...attempt, nextAttemptAt: null } : attempt,
  );

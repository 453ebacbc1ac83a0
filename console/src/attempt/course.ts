import type { Attempt, Subscription } from '../../../client/index.ts';

/** What became of the delivery after one of its attempts, as far as the list that has it tells. */
export type Course =
  /** This attempt, or a later one, delivered it. */
  | { readonly kind: 'delivered'; readonly on: number }
  /** Another attempt followed, and none of those in the list succeeded. */
  | { readonly kind: 'retried' }
  /** The next attempt is due, or was due, at this time. */
  | { readonly kind: 'due'; readonly at: string }
  /** No attempt follows. */
  | { readonly kind: 'ended' };

const deliveryOf = ({ eventId, subscriptionId }: Attempt): string => `${eventId} ${subscriptionId}`;

/** Return a function that tells the course of each attempt of a list, whatever its order. */
export function coursesOf(attempts: readonly Attempt[]): (attempt: Attempt) => Course {
  const deliveries = Map.groupBy(attempts, deliveryOf);
  return (attempt) => {
    const { outcome, number, at, nextAttemptAt } = attempt;
    if (outcome === 'success') return { kind: 'delivered', on: number };
    const later = (deliveries.get(deliveryOf(attempt)) ?? []).filter((other) => other.at > at);
    const successes = later.filter((other) => other.outcome === 'success').map((other) => other.number);
    if (successes.length > 0) return { kind: 'delivered', on: Math.min(...successes) };
    if (later.length > 0) return { kind: 'retried' };
    return nextAttemptAt === null ? { kind: 'ended' } : { kind: 'due', at: nextAttemptAt };
  };
}

/** The first attempt and those after the waits of the schedule `standard`. */
const STANDARD_ATTEMPTS = 10;

/**
 * Return how many attempts a delivery has at most, by the subscription's schedule as it is now. A replay starts the schedule
 * again, and its attempts are counted on.
 *
 * @param attempts all of the delivery
 */
export function mostAttempts(
  { retry }: Pick<Subscription, 'retry'>,
  attempts: readonly Attempt[],
  { at }: Pick<Attempt, 'at'>,
): number {
  const replays = attempts
    .filter((other) => other.trigger === 'replay' && other.at <= at)
    .map(({ number }) => number - 1);
  const scheduled = retry === 'standard' ? STANDARD_ATTEMPTS : retry === 'none' ? 1 : retry.length + 1;
  return Math.max(0, ...replays) + scheduled;
}

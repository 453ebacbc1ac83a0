import { requestError, ValidationError } from '../kernel/errors.ts';
import type { Event } from './event.ts';

/**
 * The header of every request to an endpoint, and the attribute of messages of the events queue: how often something that
 * led to this event was delivered. Not `CDN-Loop` (RFC 8586): CDNs judge that.
 */
export const HOPS = 'ancrage-hops';

/** An event with more hops is refused: a subscription publishes what it receives. */
export const MAX_HOPS = 8;

export class LoopError extends requestError('LoopError', 422, 'Loop detected') {}

/** An event that nothing was delivered for has none; nor has one of version 0.1. */
export const hopsOf = ({ hops = 0 }: Pick<Event, 'hops'>): number => hops;

/**
 * Read the hops that a publisher states; 0 if it states none.
 *
 * @throws ValidationError unless it is a whole number
 * @throws LoopError if it is above {@link MAX_HOPS}
 */
export function readHops(stated: unknown): number {
  if (stated === undefined) return 0;
  if (typeof stated !== 'string' || !/^\d+$/.test(stated))
    throw ValidationError.of([{ path: HOPS, message: 'is not a whole number' }]);
  const hops = Number(stated);
  if (hops > MAX_HOPS)
    throw new LoopError(
      `The event has more than ${MAX_HOPS} hops: a subscription publishes what it receives, directly or through others.`,
    );
  return hops;
}

/**
 * Refuse a request that has hops, so a subscription's own, where it would have something delivered that does not count them.
 *
 * @throws LoopError
 */
export function refuseHops(stated: unknown): void {
  if (readHops(stated) > 0)
    throw new LoopError(
      'The request of a subscription cannot have something delivered, other than by publishing.',
    );
}

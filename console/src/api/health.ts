import type { Subscription } from '../../../client/index.ts';

type Health = Subscription['health'];

/**
 * How a subscription is doing, in one word:
 * - `untried`: no delivery was attempted, so nobody knows whether the endpoint works.
 * - `paused`: by its owner.
 * - `down`: paused, because the endpoint answers nothing but errors.
 * - `busy`, `slow`, `failing`, `recovering`: paced, for this reason.
 * - `erring`: the last request failed, and deliveries are sent as usual.
 */
export type Situation =
  | 'healthy'
  | 'untried'
  | 'erring'
  | 'busy'
  | 'slow'
  | 'failing'
  | 'recovering'
  | 'down'
  | 'paused'
  | 'disabled';

/** Return the situation of a subscription. What its owner wants takes precedence over what its endpoint does. */
export function situationOf({
  enabled,
  paused,
  health,
}: Pick<Subscription, 'enabled' | 'paused' | 'health'>): Situation {
  const { mode, reason } = health;
  if (!enabled) return 'disabled';
  if (paused) return 'paused';
  if (mode === 'paused' || reason === 'down') return 'down';
  if (mode === 'paced' && reason !== null && reason !== 'new') return reason;
  if (endsWithFailure(health)) return 'erring';
  return health.tried ? 'healthy' : 'untried';
}

/** Return whether the last result was a failure. Not every success is noted, but only successes make a mode direct. */
function endsWithFailure({ mode, since, lastFailureAt, lastSuccessAt }: Health): boolean {
  if (lastFailureAt === null) return false;
  const directSince = mode === 'direct' ? since : null;
  return [lastSuccessAt, directSince].every((at) => at === null || at < lastFailureAt);
}

/** Return the status of the last failure if the endpoint answered: it is `answered 503`, or that in French. */
export const answeredStatus = (failure: string): string | undefined =>
  /^(?:answered|a répondu) (\d{3})\b/.exec(failure)?.[1];

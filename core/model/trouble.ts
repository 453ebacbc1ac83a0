import { type Subscription, type SubscriptionState, stateOf } from './subscription.ts';

/** The states of subscriptions that someone should look after. */
export type UnhealthyState = Exclude<SubscriptionState, 'healthy'>;

export const UNHEALTHY_STATES = [
  'failing',
  'paused',
  'disabled',
] as const satisfies readonly UnhealthyState[];

/**
 * Why a subscription is not healthy:
 * - of `failing`: `busy`, `slow`, `failing` and `recovering` as in `Flow`; `errors`: some requests fail, too few to slow it down.
 * - of `paused`: `down`, because every request is an outage, or `owner`.
 * - of `disabled`: as its `disabledReason`.
 */
export type TroubleReason =
  | 'busy'
  | 'slow'
  | 'failing'
  | 'recovering'
  | 'errors'
  | 'down'
  | 'owner'
  | 'gone'
  | 'manual';

export interface Trouble {
  readonly state: UnhealthyState;
  readonly reason: TroubleReason;
  /** ISO 8601 UTC; null if it is not known, as with a pause by the owner. */
  readonly since: string | null;
}

/** What decides whether a subscription is healthy. */
export type HealthFacts = Pick<
  Subscription,
  'enabled' | 'disabledReason' | 'cancelledUntil' | 'paused' | 'flow' | 'createdAt'
>;

/** Return what is wrong with a subscription, or null if it is healthy. One that is paced because it is new is healthy. */
export function troubleOf(subscription: HealthFacts): Trouble | null {
  const { disabledReason, cancelledUntil, createdAt, paused, flow } = subscription;
  const state = stateOf(subscription);
  switch (state) {
    case 'healthy':
      return null;
    case 'disabled':
      // One that was created so was never disabled.
      return { state, reason: disabledReason ?? 'manual', since: cancelledUntil ?? createdAt };
    case 'paused':
      return paused ? { state, reason: 'owner', since: null } : { state, reason: 'down', since: flow.since };
    case 'failing': {
      const { mode, reason, since, watchedSince } = flow;
      if (mode === 'paced' && reason !== null && reason !== 'new') return { state, reason, since };
      const watched = watchedSince === null ? since : new Date(watchedSince).toISOString();
      return { state, reason: 'errors', since: watched };
    }
  }
}

/** Return whether a subscription fails now, of its own accord: its endpoint is down, slow, busy, or answers with errors. */
export const isFailing = ({ state, reason }: Trouble): boolean => state === 'failing' || reason === 'down';

import { DAY_MS } from '../kernel/clock.ts';
/**
 * How deliveries reach an endpoint:
 * - `direct`: the deliver function attempts them as they arrive.
 * - `paced`: they go to the subscription's mailbox, and the pump sends them, so many at once and so many a second.
 * - `paused`: they stay in the mailbox, and the pump sends only probes, because the endpoint does not work at all.
 */
export type FlowMode = 'direct' | 'paced' | 'paused';

/**
 * Why a subscription is not direct:
 * - `new`: it has not earned it yet.
 * - `busy`: the endpoint answered 429.
 * - `slow`: half of the requests take longer than {@link SLOW_MS}.
 * - `failing`: many first attempts are outages.
 * - `down`: every request is an outage.
 * - `recovering`: a probe of a paused endpoint was answered.
 */
type FlowReason = 'new' | 'busy' | 'slow' | 'failing' | 'down' | 'recovering';

/** A subscription's mode. It is stored with the subscription, which workers read anyway, and rarely changes. */
export interface Flow {
  readonly mode: FlowMode;
  /** Null if the mode is direct. */
  readonly reason: FlowReason | null;
  /** When the mode began, ISO 8601 UTC; null if it was always direct. */
  readonly since: string | null;
  /**
   * Since when its successes are evidence, in milliseconds since the epoch; null while it has no failures. Without it a
   * healthy endpoint would cost a write for each success.
   */
  readonly watchedSince: number | null;
}

export const DIRECT: Flow = { mode: 'direct', reason: null, since: null, watchedSince: null };

/** The flow of an endpoint that nothing is known about. */
export const newFlow = (since: string): Flow => ({ mode: 'paced', reason: 'new', since, watchedSince: null });

/** A request that takes longer than this makes its endpoint slow. */
export const SLOW_MS = 2000;

/** A subscription that fails for this long without a success is disabled. */
const GIVEN_UP_AFTER_MS = 5 * DAY_MS;

/** @param failingSince ISO 8601 UTC */
export const isGivenUp = (failingSince: string, now: number): boolean =>
  now - Date.parse(failingSince) >= GIVEN_UP_AFTER_MS;

import type { Flow } from './flow.ts';

/** The requests of ten seconds. */
export interface EvidenceSlot {
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** The first attempts that ended, and the outages among them. Retries would count a poison event many times. */
  readonly first: number;
  readonly outages: number;
  /** The requests that were open for longer than `SLOW_MS`, and those that were answered before, except with a 429. */
  readonly slow: number;
  readonly fast: number;
}

/** Everything about an endpoint that changes often: the evidence that decides its mode, and the pump's pace. */
export interface FlowState {
  /** The slots of the last minute, the oldest first. */
  readonly slots: readonly EvidenceSlot[];
  /** First attempts that were outages since the last answer. */
  readonly run: number;
  /** When the first and the last of the run were, in milliseconds since the epoch; null without a run. */
  readonly runSince: number | null;
  readonly runUntil: number | null;
  /** Since when there are failures and no success, ISO 8601 UTC. */
  readonly failingSince: string | null;
  /** The last success that was evidence, ISO 8601 UTC. */
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  /** What the last failure was, such as `answered 503`. */
  readonly lastFailure: string | null;
  /** When the endpoint last answered 429, in milliseconds since the epoch. */
  readonly limitedAt: number | null;
  readonly pace: PaceState;
  /** The probes that failed since the pause began. */
  readonly failedProbes: number;
  /** When the last probe was, in milliseconds since the epoch. */
  readonly probedAt: number | null;
  /** When the next probe is due at the latest, in milliseconds since the epoch; null unless it is paused and a delivery waits. */
  readonly nextProbeAt: number | null;
  /** When a test succeeded since the pause began, in milliseconds since the epoch. */
  readonly testedAt: number | null;
  /**
   * The retries of attempts that failed before this time, in milliseconds since the epoch, are due now: after a recovery
   * those that an outage delayed, or all of them if someone asked for it. Null once they are sent.
   */
  readonly pull: { readonly before: number; readonly what: 'outages' | 'all' } | null;
}

/** What the pump remembers from turn to turn. */
export interface PaceState {
  /** The requests at once. */
  readonly window: number;
  /** The window doubles below this and grows by a tenth above it; null until a round was bad. */
  readonly threshold: number | null;
  /** Requests per second; null if the endpoint never answered 429. */
  readonly perSecond: number | null;
  /** Whether the rate is still a first estimate; absent means false. */
  readonly isSearching?: boolean;
  /** The last results, the newest last: `f`ast answer, `s`low answer, `o`utage. */
  readonly recent: string;
  /** When the last request was to be sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** When the rate was last changed, in milliseconds since the epoch; null before the first turn. */
  readonly ratedAt: number | null;
}

export const NEW_PACE: PaceState = {
  window: 1,
  threshold: null,
  perSecond: null,
  recent: '',
  sentAt: 0,
  ratedAt: null,
};

/**
 * Return whether a delivery was attempted since nothing was known of the endpoint. While its mode is that of an unknown one, only the
 * pump makes requests, and notes at the end of a turn when it sent the last one; failures are noted at once.
 */
export function isTried({ reason, since }: Pick<Flow, 'reason' | 'since'>, state: FlowState | null): boolean {
  if (reason !== 'new' || since === null) return true;
  if (state === null) return false;
  // A pump may still note a request to the former endpoint after the change.
  const { pace, lastFailureAt, lastSuccessAt } = state;
  return [pace.sentAt, timeOf(lastFailureAt), timeOf(lastSuccessAt)].some((at) => at >= Date.parse(since));
}

const timeOf = (at: string | null): number => (at === null ? 0 : Date.parse(at));

export const NO_EVIDENCE: FlowState = {
  slots: [],
  run: 0,
  runSince: null,
  runUntil: null,
  failingSince: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  limitedAt: null,
  pace: NEW_PACE,
  failedProbes: 0,
  probedAt: null,
  nextProbeAt: null,
  testedAt: null,
  pull: null,
};

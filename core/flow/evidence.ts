import { type Flow, SLOW_MS } from '../model/flow.ts';
import type { EvidenceSlot, FlowState } from '../model/flow-state.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';

/** How a request ended. */
export interface Outcome {
  readonly verdict: Pick<Verdict, 'kind' | 'detail'>;
  /** Whether it was the first attempt of its delivery. */
  readonly isFirst: boolean;
  readonly durationMs: number;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
}

/** What a function copy learnt about an endpoint since its last report. */
export interface Evidence {
  readonly slots: readonly EvidenceSlot[];
  /** When a request was last answered, except with a 429, and when one last succeeded, in milliseconds since the epoch. */
  readonly answeredAt: number | null;
  readonly succeededAt: number | null;
  /** The first attempts since `answeredAt` that were outages, and when the first and the last of them were. */
  readonly outages: number;
  readonly outagesSince: number | null;
  readonly outagesUntil: number | null;
  readonly failedAt: number | null;
  readonly failure: string | null;
  /** When the endpoint last answered 429. */
  readonly limitedAt: number | null;
}

export const NOTHING: Evidence = {
  slots: [],
  answeredAt: null,
  succeededAt: null,
  outages: 0,
  outagesSince: null,
  outagesUntil: null,
  failedAt: null,
  failure: null,
  limitedAt: null,
};

const SLOT_MS = 10_000;
const KEPT_MS = 60_000;

/** The kinds of verdicts after which it is unknown whether the endpoint works. */
const SAYS_NOTHING: ReadonlySet<Verdict['kind']> = new Set(['busy', 'outdated', 'unrenderable']);

/** Add the end of a request. */
export function addOutcome(evidence: Evidence, { verdict, isFirst, durationMs, at }: Outcome): Evidence {
  const { isOutage, isBlamed, outcome } = CONSEQUENCES[verdict.kind];
  const isAnswered = !isOutage && !SAYS_NOTHING.has(verdict.kind);
  const counts = {
    first: isFirst && (isOutage || isAnswered) ? 1 : 0,
    outages: isFirst && isOutage ? 1 : 0,
    fast: isAnswered && durationMs <= SLOW_MS ? 1 : 0,
    slow: 0,
  };
  const lengthens = isFirst && isOutage;
  const run = isAnswered
    ? { answeredAt: at, outages: 0, outagesSince: null, outagesUntil: null }
    : lengthens && {
        outages: evidence.outages + 1,
        outagesSince: evidence.outagesSince ?? at,
        outagesUntil: at,
      };
  return {
    ...evidence,
    slots: addToSlots(evidence.slots, [{ at: slotOf(at), ...counts }], at),
    ...run,
    ...(outcome === 'success' && { succeededAt: at }),
    ...(isBlamed && { failedAt: at, failure: verdict.detail ?? verdict.kind }),
    ...(verdict.kind === 'busy' && { limitedAt: at }),
  };
}

/** Add a request that has been open for {@link SLOW_MS}. */
export const addSlow = (evidence: Evidence, at: number): Evidence => ({
  ...evidence,
  slots: addToSlots(evidence.slots, [{ at: slotOf(at), first: 0, outages: 0, fast: 0, slow: 1 }], at),
});

/** Add a copy's evidence to what is known of the endpoint. */
export function withEvidence(state: FlowState, evidence: Evidence, now: number): FlowState {
  const { answeredAt, succeededAt, failedAt, failure } = evidence;
  const endsRun = answeredAt !== null && answeredAt >= (state.runSince ?? 0);
  const endsFailing = succeededAt !== null && succeededAt >= (failedAt ?? 0);
  return {
    ...state,
    slots: addToSlots(state.slots, evidence.slots, now),
    run: (endsRun ? 0 : state.run) + evidence.outages,
    runSince: endsRun ? evidence.outagesSince : (state.runSince ?? evidence.outagesSince),
    runUntil: latest(endsRun ? null : state.runUntil, evidence.outagesUntil),
    failingSince: endsFailing ? null : failingSince(state, evidence),
    lastSuccessAt: laterOf(state.lastSuccessAt, succeededAt),
    lastFailureAt: laterOf(state.lastFailureAt, failedAt),
    lastFailure: failure ?? state.lastFailure,
    limitedAt: latest(state.limitedAt, evidence.limitedAt),
  };
}

function failingSince(state: FlowState, { succeededAt, failedAt }: Evidence): string | null {
  const before = succeededAt === null ? state.failingSince : null;
  return before ?? (failedAt === null ? null : new Date(failedAt).toISOString());
}

const DOWN = [
  { run: 10, ms: 10_000 },
  { run: 8, ms: 60_000 },
] as const;
const FAILING = { ms: 20_000, first: 10, share: 0.3 } as const;
const MIN_SLOW = 3;
const WATCHED_MS = 120_000;

/** Return the mode that the evidence demands of an endpoint, which is the present one if it demands no other. */
export function demandedFlow(state: FlowState, flow: Flow, now: number): Flow {
  const since = new Date(now).toISOString();
  const watchedSince = watchedSinceOf(state, flow, now);
  if (flow.mode !== 'paused' && isDown(state)) return { mode: 'paused', reason: 'down', since, watchedSince };
  const reason = flow.mode === 'direct' ? reasonToPace(state, flow, now) : null;
  if (reason !== null) return { mode: 'paced', reason, since, watchedSince };
  return { ...flow, watchedSince };
}

/** It is watched from its first failure or slow answer on, for two minutes and until a success has followed. */
function watchedSinceOf(state: FlowState, { watchedSince }: Flow, now: number): number | null {
  const isFailing =
    state.run > 0 || state.failingSince !== null || sumOf(state.slots, now - KEPT_MS).slow > 0;
  if (watchedSince === null) return isFailing ? now : null;
  return isFailing || now - watchedSince < WATCHED_MS ? watchedSince : null;
}

const isDown = ({ run, runSince, runUntil }: FlowState): boolean =>
  DOWN.some((down) => run >= down.run && (runUntil ?? 0) - (runSince ?? 0) >= down.ms);

function reasonToPace(state: FlowState, { since }: Flow, now: number) {
  if ((state.limitedAt ?? 0) > Date.parse(since ?? new Date(0).toISOString())) return 'busy';
  const { slow, fast } = sumOf(state.slots, now - KEPT_MS);
  if (slow >= MIN_SLOW && slow > fast) return 'slow';
  const { first, outages } = sumOf(state.slots, now - FAILING.ms);
  return first >= FAILING.first && outages >= FAILING.share * first ? 'failing' : null;
}

/** Sum the slots that ended after a time. */
export function sumOf(slots: readonly EvidenceSlot[], since: number): Omit<EvidenceSlot, 'at'> {
  const sum = { first: 0, outages: 0, slow: 0, fast: 0 };
  for (const slot of slots) if (slot.at + SLOT_MS > since) addCounts(sum, slot);
  return sum;
}

const slotOf = (at: number) => Math.floor(at / SLOT_MS) * SLOT_MS;

/** Add slots to others of the same times, and drop those that ended more than a minute ago. */
function addToSlots(
  slots: readonly EvidenceSlot[],
  more: readonly EvidenceSlot[],
  now: number,
): EvidenceSlot[] {
  const sums = new Map<number, EvidenceSlot>();
  for (const slot of [...slots, ...more]) {
    if (slot.at + SLOT_MS <= now - KEPT_MS) continue;
    const sum = { ...(sums.get(slot.at) ?? { at: slot.at, first: 0, outages: 0, slow: 0, fast: 0 }) };
    addCounts(sum, slot);
    sums.set(slot.at, sum);
  }
  return [...sums.values()].sort((a, b) => a.at - b.at);
}

type Counts = { -readonly [Name in Exclude<keyof EvidenceSlot, 'at'>]: number };

function addCounts(sum: Counts, slot: Counts): void {
  sum.first += slot.first;
  sum.outages += slot.outages;
  sum.slow += slot.slow;
  sum.fast += slot.fast;
}

const latest = (a: number | null, b: number | null): number | null => (a === null ? b : Math.max(a, b ?? a));

function laterOf(iso: string | null, at: number | null): string | null {
  const last = latest(iso === null ? null : Date.parse(iso), at);
  return last === null ? null : new Date(last).toISOString();
}

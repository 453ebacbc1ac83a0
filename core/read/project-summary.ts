import type { Clock } from '../kernel/clock.ts';
import type { Subscription } from '../model/subscription.ts';
import { addTraffic, NO_TRAFFIC, type Stretch, startOf } from '../model/traffic.ts';
import { isFailing, type TroubleReason, troubleOf, type UnhealthyState } from '../model/trouble.ts';
import type { FlowRecord, FlowStore } from '../ports/flow-store.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';
import type { UnhealthyEntry, UnhealthyIndex } from '../ports/unhealthy-index.ts';
import { nextProbeOf } from './subscription-health.ts';

/** A number that is exact unless there are more. */
interface BoundedCount {
  readonly count: number;
  readonly more: boolean;
}

/** An endpoint that fails now. */
export interface FailingEndpoint {
  readonly subscription: Subscription;
  readonly reason: TroubleReason;
  /** ISO 8601 UTC, as all times here. */
  readonly since: string | null;
  /** About how many deliveries wait. */
  readonly held: number;
  /** Null unless probes find out whether the endpoint works again. */
  readonly nextProbeAt: string | null;
  readonly lastFailure: string | null;
  readonly lastFailureAt: string | null;
  readonly lastSuccessAt: string | null;
}

/** What was sent since a time. */
interface SentSince {
  readonly since: string;
  /** Requests, first attempts and retries alike. */
  readonly attempts: number;
  /** Deliveries that ended: their last attempt was in this time. */
  readonly delivered: number;
  readonly failed: number;
}

export interface ProjectSummary {
  readonly subscriptions: Readonly<Record<UnhealthyState, BoundedCount>>;
  readonly failing: { readonly data: readonly FailingEndpoint[]; readonly more: boolean };
  readonly held: BoundedCount;
  readonly lastHour: SentSince;
  readonly lastDay: SentSince;
}

export interface ProjectSummaryPorts {
  readonly unhealthy: UnhealthyIndex;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly flows: Pick<FlowStore, 'records'>;
  readonly trafficStore: Pick<TrafficStore, 'read'>;
  readonly clock: Clock;
}

export const MOST_COUNTED = 1000;
export const MOST_FAILING = 20;
/** The subscriptions whose waiting deliveries are added up. DynamoDB reads so many items at once. */
const MOST_ASKED = 100;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Return how a project is doing, from a bounded number of reads whatever its size. */
export async function projectSummary(ports: ProjectSummaryPorts, project: string): Promise<ProjectSummary> {
  const now = ports.clock();
  const [failing, paused, disabled, stretches] = await Promise.all([
    inState(ports, project, 'failing'),
    inState(ports, project, 'paused'),
    inState(ports, project, 'disabled'),
    ports.trafficStore.read(project, startOf(now - DAY_MS), now),
  ]);
  const holding = [...failing, ...paused];
  // What fails comes before what its owner has paused, the latest first.
  const order = holding.toSorted(
    (a, b) => Number(isFailing(b)) - Number(isFailing(a)) || timeOf(b) - timeOf(a),
  );
  const asked = order.slice(0, MOST_ASKED);
  const records = await ports.flows.records(asked.map(({ subscriptionId }) => subscriptionId));
  const shown = asked.filter(isFailing).slice(0, MOST_FAILING);
  const endpoints = await Promise.all(
    shown.map((entry, index) => failingEndpoint(ports, project, entry, records[index] ?? null)),
  );
  return {
    subscriptions: { failing: counted(failing), paused: counted(paused), disabled: counted(disabled) },
    failing: {
      data: endpoints.filter((endpoint) => endpoint !== null),
      more: holding.filter(isFailing).length > shown.length,
    },
    held: {
      count: records.reduce((sum, record) => sum + (record?.held ?? 0), 0),
      more: holding.length > asked.length,
    },
    lastHour: sentSince(stretches, startOf(now - HOUR_MS)),
    lastDay: sentSince(stretches, startOf(now - DAY_MS)),
  };
}

/** Return the entries of a state: one more than are counted if there are more. */
async function inState(
  { unhealthy }: ProjectSummaryPorts,
  project: string,
  state: UnhealthyState,
): Promise<readonly UnhealthyEntry[]> {
  return (await unhealthy.list(project, state, { limit: MOST_COUNTED + 1, cursor: null })).items;
}

const timeOf = ({ since }: UnhealthyEntry): number => (since === null ? 0 : Date.parse(since));

const counted = ({ length }: readonly unknown[]): BoundedCount => ({
  count: Math.min(length, MOST_COUNTED),
  more: length > MOST_COUNTED,
});

/** Return an endpoint as it is now, or null if it does not fail any more. */
async function failingEndpoint(
  { subscriptions }: ProjectSummaryPorts,
  project: string,
  { subscriptionId }: UnhealthyEntry,
  record: FlowRecord | null,
): Promise<FailingEndpoint | null> {
  const subscription = await subscriptions.get(project, subscriptionId);
  const trouble = subscription && troubleOf(subscription);
  if (subscription === null || trouble === null || !isFailing(trouble)) return null;
  const { reason, since } = trouble;
  const { lastFailure = null, lastFailureAt = null, lastSuccessAt = null } = record?.state ?? {};
  return {
    ...{ subscription, reason, since, held: record?.held ?? 0 },
    nextProbeAt: record && nextProbeOf(subscription, record),
    ...{ lastFailure, lastFailureAt, lastSuccessAt },
  };
}

function sentSince(stretches: readonly Stretch[], since: number): SentSince {
  const { succeeded, retrying, failed } = stretches
    .filter(({ at }) => at >= since)
    .reduce(addTraffic, NO_TRAFFIC);
  return {
    since: new Date(since).toISOString(),
    attempts: succeeded + retrying + failed,
    delivered: succeeded,
    failed,
  };
}

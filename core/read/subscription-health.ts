import type { Clock } from '../kernel/clock.ts';
import type { Flow } from '../model/flow.ts';
import { isTried } from '../model/flow-state.ts';
import { type Subscription, stateOf } from '../model/subscription.ts';
import type { FlowItem, FlowStore } from '../ports/flow-store.ts';
import type { Mailbox } from '../ports/mailbox.ts';

/** How an endpoint is doing, and what waits for it. */
export interface SubscriptionHealth extends Pick<Flow, 'mode' | 'reason' | 'since'> {
  /** Whether a delivery was attempted since nothing was known of the endpoint. */
  readonly tried: boolean;
  /** The deliveries that wait, exact up to {@link MOST_HELD}. */
  readonly held: number;
  /** ISO 8601 UTC, as all times here; null unless probes find out whether the endpoint works again. */
  readonly nextProbeAt: string | null;
  /** The requests that the pump has open at once, and those that it sends in a second if the endpoint limits them. */
  readonly window: number | null;
  readonly perSecond: number | null;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  readonly lastFailure: string | null;
}

export interface SubscriptionHealthPorts {
  readonly flows: Pick<FlowStore, 'get'>;
  readonly mailbox: Pick<Mailbox, 'count'>;
  readonly clock: Clock;
}

export const MOST_HELD = 10_000;

/** Return the health of a subscription. One that never failed costs no read beyond its flow item. */
export async function subscriptionHealth(
  { flows, mailbox }: SubscriptionHealthPorts,
  subscription: Subscription,
): Promise<SubscriptionHealth> {
  const { id, flow, paused } = subscription;
  const { mode, reason, since } = flow;
  const item = await flows.get(id);
  const mayHold = paused || stateOf(subscription) !== 'healthy' || item?.dueAt != null;
  const held = mayHold ? await mailbox.count(id, MOST_HELD) : 0;
  const tried = isTried(flow, item?.state ?? null);
  if (item === null) return { mode, reason, since, tried, held, ...UNKNOWN };
  const { pace, lastSuccessAt, lastFailureAt, lastFailure } = item.state;
  return {
    ...{ mode, reason, since, tried, held },
    nextProbeAt: nextProbeOf(subscription, item),
    window: mode === 'paced' ? pace.window : null,
    perSecond: mode === 'paced' && pace.perSecond !== null ? Math.round(pace.perSecond * 10) / 10 : null,
    ...{ lastSuccessAt, lastFailureAt, lastFailure },
  };
}

/**
 * Return when a probe finds out whether the endpoint works again; null unless the subscription is paused for its failures, and as
 * long as nothing waits to probe it with.
 */
export function nextProbeOf(
  { flow: { mode }, paused }: Pick<Subscription, 'flow' | 'paused'>,
  { state: { nextProbeAt }, dueAt }: Pick<FlowItem, 'state' | 'dueAt'>,
): string | null {
  // An arrival has the pump probe earlier than it planned.
  const times = [nextProbeAt, dueAt].filter((at) => at !== null);
  return mode !== 'paused' || paused || times.length === 0
    ? null
    : new Date(Math.min(...times)).toISOString();
}

const UNKNOWN = {
  nextProbeAt: null,
  window: null,
  perSecond: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
} as const;

import type { Delivery } from '../model/delivery.ts';
import { isOperationalType } from '../model/event-pattern.ts';
import { hopsOf, MAX_HOPS } from '../model/hops.ts';
import { deliveryExhausted } from '../model/operational-event.ts';
import { nextAttemptAt } from '../model/retry-schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import { CONSEQUENCES, type Verdict } from '../model/verdict.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { publishOperationalEvent } from '../publish/operational-events.ts';
import type { AttemptPorts } from './ports.ts';
import type { Follows } from './report-attempt.ts';

interface NextStep {
  readonly follows: Follows;
  /** When the next attempt is due, in milliseconds since the epoch; null if there is none. */
  readonly at: number | null;
  /** The next attempt, which must be put into the mailbox; null if there is none. */
  readonly next: WaitingDelivery | null;
}

/** When a request that was answered with a 429 is sent again, unless the endpoint says when. The pump may take longer. */
const AFTER_BUSY_MS = 1000;

/**
 * Return what follows an attempt. A 429, a 410 of an outdated endpoint and a failed probe consume no attempt.
 *
 * @param probeAgainAt when the next probe is due if this attempt was a probe
 */
export async function nextStep(
  ports: AttemptPorts,
  delivery: Delivery,
  subscription: Subscription,
  verdict: Verdict,
  probeAgainAt: number | null,
): Promise<NextStep> {
  const { kind, retryAfter } = verdict;
  if (kind === 'delivered') return { follows: 'nothing', at: null, next: null };
  if (kind === 'gone') return { follows: 'gone', at: null, next: null };
  const { event, subscriptionId, project, replay, ordered, conditionHeld } = delivery;
  const now = ports.clock();
  const { isOutage } = CONSEQUENCES[kind];
  const isBusy = kind === 'busy';
  const isOutdated = kind === 'outdated';
  const isSameAttempt = isBusy || isOutdated;
  // What a probe was made of stays in the mailbox as it is.
  if (probeAgainAt !== null && (isOutage || isBusy))
    return { follows: 'same-attempt', at: probeAgainAt, next: null };
  const at = isOutdated
    ? now
    : isBusy
      ? Math.max(now + AFTER_BUSY_MS, retryAfter ?? 0)
      : nextTry(ports, delivery, subscription, verdict, now);
  // An attempt that would find its event expired cannot be made.
  if (at === null || at >= event.expiresAt) {
    await reportExhausted(ports, delivery, subscription);
    return { follows: 'exhausted', at: null, next: null };
  }
  const { id: eventId, acceptedAt } = event;
  const next = {
    ...{ project, subscriptionId, eventId, acceptedAt, dueAt: at, failedAt: now, outage: isOutage },
    number: isSameAttempt ? delivery.number : delivery.number + 1,
    ...(replay !== undefined && { replay }),
    ...(ordered !== undefined && { ordered }),
    ...(conditionHeld !== undefined && { conditionHeld }),
  };
  return { follows: isSameAttempt ? 'same-attempt' : 'retry', at, next };
}

/** An event at the limit of hops is not sent again after a rejection: its endpoint may be our own API, which refuses loops. */
const nextTry = (
  { random }: AttemptPorts,
  { number, replay, event }: Delivery,
  { retry }: Subscription,
  { kind, retryAfter }: Verdict,
  now: number,
): number | null =>
  CONSEQUENCES[kind].isRetried && !(kind === 'rejected' && hopsOf(event) >= MAX_HOPS)
    ? nextAttemptAt({ retry, number: number - (replay?.after ?? 0), now, retryAfter, random: random() })
    : null;

async function reportExhausted(
  ports: AttemptPorts,
  { project, subscriptionId, event: { id: eventId, type: eventType, ...event }, number: attempts }: Delivery,
  { url }: Subscription,
): Promise<void> {
  // An operational event that fails to be delivered must not cause another one.
  if (isOperationalType(eventType)) return;
  const exhausted = { project, subscriptionId, url, eventId, eventType, attempts };
  const report = deliveryExhausted(exhausted, ports.clock(), ports.stackKey);
  await publishOperationalEvent(ports, project, report, hopsOf(event));
}

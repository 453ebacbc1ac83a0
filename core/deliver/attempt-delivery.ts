import { mayMatch } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import type { Verdict } from '../model/attempt.ts';
import { HOLD_MS } from '../model/breaker.ts';
import type { Delivery } from '../model/delivery.ts';
import { type Subscription, wants } from '../model/subscription.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { DisableSubscription } from './disable-subscription.ts';
import type { HealthTracker } from './health.ts';
import type { AttemptRecorder } from './record-attempts.ts';
import { type ScheduleNextDependencies, scheduleNext } from './schedule-retry.ts';
import { type SendAttemptDependencies, sendAttempt } from './send-attempt.ts';

export interface AttemptDeliveryDependencies extends ScheduleNextDependencies, SendAttemptDependencies {
  /** May be up to 10 s old. */
  readonly subscriptions: Pick<SubscriptionStore, 'get'> & {
    readonly forget: (project: string, id: string) => void;
  };
  readonly disableSubscription: DisableSubscription;
  readonly health: Pick<HealthTracker, 'add'>;
  readonly attempts: AttemptRecorder;
  readonly attemptLog: Pick<AttemptLog, 'end'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What became of a delivery that was due. */
export interface Outcome {
  /** Null if no attempt was made: it was cancelled, or is held. */
  readonly verdict: Verdict | null;
  /** Whether it waits in the table, for its schedule or held. */
  readonly parked: boolean;
}

/** Makes one attempt and schedules what follows. `probing`: though the breaker is open. */
export type AttemptDelivery = (delivery: Delivery, probing?: boolean) => Promise<Outcome>;

/**
 * The order matters: first what follows is scheduled, then the attempt is recorded, and only then may the message be
 * acknowledged. If the schedule fails this throws and the message comes again.
 */
export function attemptDelivery(dependencies: AttemptDeliveryDependencies): AttemptDelivery {
  const { subscriptions, attempts, clock, metrics } = dependencies;
  const wanting = async (delivery: Delivery, scope: EventScope): Promise<Subscription | null> => {
    const { event, project, subscriptionId, replay } = delivery;
    const subscription = await subscriptions.get(project, subscriptionId);
    const asked = { type: event.type, askedAt: replay?.requestedAt ?? event.acceptedAt };
    if (subscription === null || !wants(subscription, asked)) return null;
    return mayMatch(subscription.condition, scope) ? subscription : null;
  };

  return async (delivery, probing = false) => {
    const { subscriptionId } = delivery;
    const scope = new EventScope(delivery.event, clock());
    let subscription = await wanting(delivery, scope);
    if (subscription === null) {
      // What is remembered may be older than the event: nothing is cancelled for what was true ten seconds ago.
      subscriptions.forget(delivery.project, subscriptionId);
      subscription = await wanting(delivery, scope);
    }
    if (subscription === null) {
      await cancel(dependencies, delivery);
      return { verdict: null, parked: false };
    }
    if (subscription.health.state === 'open' && !probing) {
      await hold(dependencies, delivery);
      return { verdict: null, parked: true };
    }
    const sent = await sendAttempt(dependencies, subscription, delivery, scope);
    const { attempt, record, verdict: judged } = sent;
    const stands = judged.gone && !(await dependencies.disableSubscription(subscription, 'gone', attempt.at));
    // Tried again, as it is now; if it is disabled or gone by then, the delivery ends there.
    const verdict = stands ? { ...judged, gone: false, retryable: true } : judged;
    dependencies.health.add(subscription, verdict, delivery.number, attempt.at);
    const { follows, at } = await scheduleNext(dependencies, delivery, subscription, verdict);
    const nextAttemptAt = at === null ? null : new Date(at).toISOString();
    const sinceAcceptedMs = clock() - Date.parse(delivery.event.acceptedAt);
    attempts.add({ ...attempt, ...record, nextAttemptAt }, { follows, sinceAcceptedMs });
    // How long an endpoint was down is no latency of ours.
    if (delivery.trigger === 'event' && !probing) metrics.measure('FirstAttemptLatency', sinceAcceptedMs);
    return { verdict, parked: follows === 'parked' };
  };
}

async function cancel({ attemptLog, log }: AttemptDeliveryDependencies, delivery: Delivery): Promise<void> {
  const { project, subscriptionId, number, event } = delivery;
  const reason = 'the subscription no longer wants it';
  log.info('delivery cancelled', { project, eventId: event.id, subscriptionId, number, reason });
  if (number > 1) await attemptLog.end({ ...delivery, eventId: event.id });
}

/** Parks a delivery until the breaker closes. It is no attempt, and none is consumed. */
async function hold(
  { parked, clock, log, metrics }: AttemptDeliveryDependencies,
  { project, subscriptionId, number, replay, event }: Delivery,
): Promise<void> {
  const { id: eventId, acceptedAt } = event;
  const run = replay === undefined ? {} : { replay };
  const scheduledFor = clock() + HOLD_MS;
  await parked.park({
    project,
    subscriptionId,
    eventId,
    number,
    acceptedAt,
    scheduledFor,
    held: true,
    ...run,
  });
  log.info('delivery held', { project, eventId, subscriptionId, number, replayId: replay?.id });
  metrics.count('DeliveriesHeld');
}

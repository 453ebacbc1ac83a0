import type { Cached } from '../kernel/cache.ts';
import type { Clock, Random } from '../kernel/clock.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { DueWorkStore } from '../ports/due-work-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { HealthStore } from '../ports/health-store.ts';
import type { Log } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ParkedDeliveries } from '../ports/parked-deliveries.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { Sender } from '../ports/sender.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';
import { publishOwn } from '../publish/operational-events.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { attemptLot } from './attempt-lot.ts';
import { attemptParked } from './attempt-parked.ts';
import { attemptReplayed } from './attempt-replayed.ts';
import { deliver } from './deliver.ts';
import { disableSubscription } from './disable-subscription.ts';
import { drainBacklog } from './drain-backlog.ts';
import { trackHealth } from './health.ts';
import { recordAttempts } from './record-attempts.ts';
import { runReplay } from './run-replay.ts';
import { trackTraffic } from './traffic-tallies.ts';

/** What outlives an invocation. */
export interface DeliveryWorkerPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  /** Subscriptions as they were at most ten seconds ago. */
  readonly remembered: Cached<
    Parameters<SubscriptionStore['get']>,
    Awaited<ReturnType<SubscriptionStore['get']>>
  >;
  /** As they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly healthStore: HealthStore;
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly attemptLog: Pick<AttemptLog, 'record' | 'end' | 'last'>;
  readonly parked: Pick<ParkedDeliveries, 'park' | 'held' | 'release' | 'waits'>;
  readonly dueWork: Pick<DueWorkStore, 'claimed' | 'complete'>;
  readonly breakers: Pick<BreakerStore, 'save' | 'ensure'>;
  readonly jobs: Pick<ReplayJobStore, 'save'>;
  readonly trafficStore: Pick<TrafficStore, 'add'>;
  readonly eventsQueue: MessageQueue;
  readonly retriesQueue: MessageQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Puts together what works off the deliveries and the retries queue, for one invocation: its sender's connections, the
 * attempts it has still to record and the failures it has still to count are its own.
 */
export function deliveryWorker(ports: DeliveryWorkerPorts, sender: Sender) {
  const { remembered } = ports;
  const own = publishOwn(ports);
  const traffic = trackTraffic(ports);
  const attempts = recordAttempts(ports, traffic.add);
  const disable = disableSubscription({ ...ports, publishOwn: own });
  const health = trackHealth({ ...ports, disableSubscription: disable, forget: remembered.forget });
  const attempt = attemptDelivery({
    ...ports,
    subscriptions: { get: remembered, forget: remembered.forget },
    publishOwn: own,
    disableSubscription: disable,
    health,
    sender,
    attempts,
  });
  const parkedAttempt = attemptParked({ ...ports, attemptDelivery: attempt, attempts });
  return deliver({
    ...ports,
    attemptDelivery: attempt,
    attemptLot: attemptLot({ ...ports, attemptDelivery: attempt, attempts }),
    attemptParked: parkedAttempt,
    attemptReplayed: attemptReplayed({ ...ports, attemptParked: parkedAttempt }),
    drainBacklog: drainBacklog({ ...ports, attemptParked: parkedAttempt, health, forget: remembered.forget }),
    runReplay: runReplay(ports),
    attempts,
    health,
    traffic,
  });
}

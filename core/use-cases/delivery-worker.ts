import type { Formats } from '../domain/format.ts';
import type {
  AttemptLog,
  BreakerStore,
  Clock,
  DueWorkStore,
  EventStore,
  HealthStore,
  Log,
  MessageQueue,
  Metrics,
  ParkedDeliveries,
  ProjectStore,
  Random,
  ReplayJobStore,
  Sender,
  SubscriptionStore,
  TrafficStore,
} from '../ports.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { attemptLot } from './attempt-lot.ts';
import { attemptParked } from './attempt-parked.ts';
import { attemptReplayed } from './attempt-replayed.ts';
import type { Cached } from './cached.ts';
import { deliver } from './deliver.ts';
import { disableSubscription } from './disable-subscription.ts';
import { drainBacklog } from './drain-backlog.ts';
import { makeRequest } from './make-request.ts';
import { publishOwn } from './publish-own.ts';
import { recordAttempts } from './record-attempts.ts';
import { runReplay } from './run-replay.ts';
import { trackHealth } from './track-health.ts';
import { trackTraffic } from './track-traffic.ts';

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
  readonly formats: Formats;
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
    makeRequest: makeRequest(ports),
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

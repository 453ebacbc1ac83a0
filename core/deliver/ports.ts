import type { Clock, Random } from '../kernel/clock.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { DueWorkStore } from '../ports/due-work-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { HealthStore } from '../ports/health-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { DeliveryQueue, MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ParkedDeliveries } from '../ports/parked-deliveries.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { ReplayJobStore } from '../ports/replay-job-store.ts';
import type { SenderPool } from '../ports/sender.ts';
import type { SubscriptionCache, SubscriptionStore } from '../ports/subscription-store.ts';
import type { TrafficStore } from '../ports/traffic-store.ts';

export interface DeliverPorts {
  /** For changes to a subscription, which need its current version. */
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  readonly cachedSubscriptions: SubscriptionCache;
  /** Projects as they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly healthStore: HealthStore;
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly attemptLog: Pick<AttemptLog, 'record' | 'end' | 'last'>;
  readonly parked: Pick<ParkedDeliveries, 'park' | 'held' | 'release' | 'waits'>;
  readonly dueWork: Pick<DueWorkStore, 'claimed' | 'complete'>;
  readonly breakers: Pick<BreakerStore, 'save' | 'ensure'>;
  readonly jobs: Pick<ReplayJobStore, 'save'>;
  readonly trafficStore: Pick<TrafficStore, 'add'>;
  readonly senders: SenderPool;
  readonly eventsQueue: MessageQueue;
  readonly retriesQueue: DeliveryQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
}

import type { WriteFormat } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import type { BindingStore } from '../ports/binding-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { FanOutPositions } from '../ports/fan-out-positions.ts';
import type { LargeBodies } from '../ports/large-bodies.ts';
import type { Logger } from '../ports/logger.ts';
import type { DeliveryQueue, MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { SubscriptionCache } from '../ports/subscription-store.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { PublishingRate } from '../publish/publishing-rate.ts';
import type { EventValidator } from '../publish/validate-event.ts';

export interface FanOutPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'putOnce' | 'append'>;
  readonly positions: FanOutPositions;
  readonly rate: Pick<PublishingRate, 'take'>;
  readonly validator: EventValidator;
  readonly bindings: BindingStore;
  /** Read only for subscriptions that have a condition, and for those to `*` if the event is operational. */
  readonly cachedSubscriptions: SubscriptionCache;
  readonly deliveriesQueue: DeliveryQueue;
  /** Replays and the deliveries of wide events go here: they must not delay live traffic. */
  readonly retriesQueue: DeliveryQueue;
  /** Takes continuations. */
  readonly internalQueue: MessageQueue;
  /** The dead-letter queue of the queue that the messages come from. */
  readonly deadLetterQueue: MessageQueue;
  /** Keeps what the messages and the items cannot hold. */
  readonly bodies: LargeBodies;
  readonly writeFormat: WriteFormat;
  /** The key of the HMAC of dead letters. */
  readonly stackKey: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** The project of messages that name none. */
  readonly defaultProject: string | undefined;
  /** The most deliveries of one event that a step makes. */
  readonly deliveriesPerStep: number;
}

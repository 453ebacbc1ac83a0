import type { Clock, Random } from '../kernel/clock.ts';
import type { FlowStore } from '../ports/flow-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { MessageQueue, PumpQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SubscriptionCache, SubscriptionStore } from '../ports/subscription-store.ts';
import type { EvidenceBook } from './evidence-book.ts';

export interface FlowPorts {
  readonly flows: Pick<FlowStore, 'get' | 'change' | 'setMode' | 'wake' | 'addHeld'>;
  readonly mailbox: Pick<Mailbox, 'write'>;
  /** For changes to a subscription, which need its current version. */
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'update' | 'delete'>;
  readonly cachedSubscriptions: SubscriptionCache;
  /** Lives as long as the copy of the function. */
  readonly evidence: EvidenceBook;
  readonly pumpsQueue: PumpQueue;
  readonly internalQueue: MessageQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
}

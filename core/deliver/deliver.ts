import type { Clock } from '../kernel/clock.ts';
import { type Breaker, newBreaker } from '../model/breaker.ts';
import type { ParkedDelivery } from '../model/delivery.ts';
import {
  type DeliveryMessage,
  type LotDeliveries,
  type ReplayedDelivery,
  readDeliveryMessage,
} from '../model/delivery-message.ts';
import { type Claim, stepLease } from '../model/due-work.ts';
import type { ReplayJob } from '../model/replay-job.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { DueWorkStore } from '../ports/due-work-store.ts';
import type { Log } from '../ports/logger.ts';
import type { QueueMessage } from '../ports/message-queue.ts';
import type { AttemptDelivery } from './attempt-delivery.ts';
import type { AttemptParked } from './attempt-parked.ts';
import type { HealthTracker } from './health.ts';
import type { AttemptRecorder } from './record-attempts.ts';
import type { TrafficTracker } from './traffic-tallies.ts';

export interface DeliverDependencies {
  readonly attemptDelivery: AttemptDelivery;
  readonly attemptLot: (lot: LotDeliveries) => Promise<void>;
  readonly attemptParked: AttemptParked;
  readonly attemptReplayed: (replayed: ReplayedDelivery) => Promise<void>;
  readonly drainBacklog: (claim: Claim, breaker: Breaker) => Promise<void>;
  readonly runReplay: (claim: Claim, job: ReplayJob) => Promise<void>;
  readonly dueWork: Pick<DueWorkStore, 'claimed' | 'complete'>;
  readonly breakers: Pick<BreakerStore, 'ensure'>;
  readonly clock: Clock;
  readonly attempts: Pick<AttemptRecorder, 'flush'>;
  readonly health: Pick<HealthTracker, 'flush'>;
  readonly traffic: Pick<TrafficTracker, 'flush'>;
  readonly log: Log;
}

/**
 * Does what each message of the deliveries or the retries queue asks for: an attempt, mostly. An endpoint's failure is
 * recorded and the next attempt scheduled; only what is our own fault is among the answered ids of messages that must
 * come again.
 */
export function deliver(dependencies: DeliverDependencies) {
  const { attempts, health, traffic, log } = dependencies;
  return async (messages: readonly QueueMessage[]): Promise<string[]> => {
    const failed = await Promise.all(
      messages.map(async (message) => {
        const { id: messageId, receiveCount } = message;
        let ids: object = {};
        try {
          const asked = readDeliveryMessage(message.body);
          ids = idsOf(asked);
          await handle(dependencies, asked);
          return [];
        } catch (error) {
          log.error('message not handled', { messageId, receiveCount, ...ids, error });
          return [messageId];
        }
      }),
    );
    await Promise.all([attempts.flush(), health.flush(), traffic.flush()]);
    return failed.flat();
  };
}

async function handle(dependencies: DeliverDependencies, message: DeliveryMessage): Promise<void> {
  switch (message.kind) {
    case 'delivery':
      await dependencies.attemptDelivery(message.delivery);
      return;
    case 'lot':
      return dependencies.attemptLot(message);
    case 'replay':
      return dependencies.attemptReplayed(message.replayed);
    case 'claim':
      return handleClaim(dependencies, message.claim);
  }
}

/** What the log names a message by. */
function idsOf(message: DeliveryMessage): Readonly<Record<string, unknown>> {
  switch (message.kind) {
    case 'delivery': {
      const { project, event, subscriptionId, number, replay } = message.delivery;
      return { project, eventId: event.id, subscriptionId, number, replayId: replay?.id };
    }
    case 'lot': {
      const { project, lot, subscriptionId, deliveries } = message;
      return { project, lot: lot.id, subscriptionId, eventIds: deliveries.map(({ event }) => event.id) };
    }
    case 'replay': {
      const { project, eventId, subscriptionId, id: replayId } = message.replayed;
      return { project, eventId, subscriptionId, replayId };
    }
    case 'claim':
      return { item: message.claim.key };
  }
}

/** A claim is a reference: what it stands for may have been completed, or another worker may have it. */
async function handleClaim(dependencies: DeliverDependencies, found: Claim): Promise<void> {
  const { dueWork, drainBacklog, runReplay, clock, log } = dependencies;
  const held = await dueWork.claimed(found, stepLease(clock(), found));
  if (held === null) {
    log.info('claim void', idsOf({ kind: 'claim', claim: found }));
    return;
  }
  const { claim, work } = held;
  switch (work.kind) {
    case 'breaker':
      return drainBacklog(claim, work.breaker);
    case 'replay':
      return runReplay(claim, work.job);
    case 'delivery':
      return handleParked(dependencies, claim, work.delivery);
  }
}

/** Later than the longest wait between two probes: a breaker that is not due by then has been lost. */
const BREAKER_LOST_MS = 2 * 3_600_000;

async function handleParked(
  { dueWork, attemptParked, breakers, clock }: DeliverDependencies,
  claim: Claim,
  delivery: ParkedDelivery,
): Promise<void> {
  const { verdict, parked } = await attemptParked(delivery);
  // Held for a day, and held again: someone must be looking after it.
  if (delivery.held && parked && verdict === null) {
    const breaker = newBreaker(delivery.project, delivery.subscriptionId);
    await breakers.ensure(breaker, clock(), clock() + BREAKER_LOST_MS);
  }
  // Where it was parked anew in the same place, the claim has ended already and this does nothing.
  await dueWork.complete(claim);
}

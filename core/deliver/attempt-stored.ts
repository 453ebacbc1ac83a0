import type { Delivery } from '../model/delivery.ts';
import type { ReplayedDelivery } from '../model/delivery-message.ts';
import { MOST_MEMORY, memoryOfEvent } from '../model/event-memory.ts';
import { traceIdOf } from '../model/trace-context.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { attemptOrHold } from './attempt.ts';
import { endErased } from './end-erased.ts';
import type { AttemptInvocation, DeliverInvocation } from './invocation.ts';

type StoredDelivery = Pick<
  WaitingDelivery,
  'project' | 'subscriptionId' | 'eventId' | 'number' | 'replay' | 'ordered' | 'conditionHeld'
>;

/** Return a delivery with its event from the table, or null if there is nothing to be sent any more. */
export async function loadDelivery(
  { ports }: AttemptInvocation,
  { project, subscriptionId, eventId, number, replay, ordered, conditionHeld }: StoredDelivery,
): Promise<Delivery | null> {
  const { events, log } = ports;
  const event = await events.get(project, eventId);
  if (event?.erased !== undefined) {
    await endErased(ports, event.erased, { project, eventId, subscriptionId, number });
    return null;
  }
  if (event === null || event.suppress) {
    const reason = event === null ? "the event's retention has ended" : 'the event is suppressed';
    const ids = { project, eventId, ...traceIdOf(event?.trace), subscriptionId, number };
    log.warn('delivery ended', { ...ids, reason });
    return null;
  }
  const first = replay === undefined ? 'event' : 'replay';
  const trigger = number > (replay?.after ?? 0) + 1 ? 'retry' : first;
  return {
    ...{ project, subscriptionId, number, trigger, event },
    ...(replay && { replay }),
    ...(ordered && { ordered }),
    ...(conditionHeld !== undefined && { conditionHeld }),
  };
}

/**
 * Attempt a replayed delivery, unless it has succeeded in this replay: a request to make it may have been repeated. Its attempts are
 * numbered on from those made before.
 */
export async function attemptReplayed(
  invocation: DeliverInvocation,
  { id, requestedAt, ...stored }: ReplayedDelivery,
): Promise<void> {
  const { project, eventId, subscriptionId } = stored;
  const last = await invocation.ports.attemptLog.last(project, eventId, subscriptionId);
  if (last?.outcome === 'success' && last.requestedAt === requestedAt) return;
  const after = last?.number ?? 0;
  const replay = { id, requestedAt, after };
  await attemptStored(invocation, { ...stored, number: after + 1, replay });
}

/** Attempt a delivery whose event is in the table. */
export async function attemptStored(invocation: DeliverInvocation, stored: StoredDelivery): Promise<void> {
  const share = await invocation.eventMemory.take(MOST_MEMORY);
  try {
    const delivery = await loadDelivery(invocation, stored);
    if (delivery === null) return;
    share.keep(memoryOfEvent(delivery.event));
    await attemptOrHold(invocation, delivery);
  } finally {
    share.end();
  }
}

import type { ParkedDelivery } from '../model/delivery.ts';
import type { ReplayedDelivery } from '../model/delivery-message.ts';
import { attempt, type DeliveryResult } from './attempt.ts';
import type { DeliverInvocation } from './invocation.ts';

/** A delivery whose event is in the table. */
type StoredDelivery = Pick<ParkedDelivery, 'project' | 'subscriptionId' | 'eventId' | 'number' | 'replay'>;

/** Attempt a delivery whose event is in the table. When it resolves the attempt is recorded, so its parked item may go. */
export async function attemptStored(
  invocation: DeliverInvocation,
  { project, subscriptionId, eventId, number, replay }: StoredDelivery,
  probe = false,
): Promise<DeliveryResult> {
  const { events, log } = invocation.ports;
  const event = await events.get(project, eventId);
  if (event === null || event.suppress) {
    const reason = event === null ? "the event's retention has ended" : 'the event is suppressed';
    log.warn('delivery ended', { project, eventId, subscriptionId, number, reason });
    return { verdict: null, parked: false };
  }
  const first = replay === undefined ? 'event' : 'replay';
  const trigger = number > (replay?.after ?? 0) + 1 ? 'retry' : first;
  const delivery = { project, subscriptionId, number, trigger, event, ...(replay && { replay }) } as const;
  const outcome = await attempt(invocation, delivery, probe);
  await invocation.recorder.flush();
  return outcome;
}

/** Attempt a replayed delivery. Its attempts are numbered on from those made before. */
export async function attemptReplayed(
  invocation: DeliverInvocation,
  { id, requestedAt, ...delivery }: ReplayedDelivery,
): Promise<void> {
  const { project, eventId, subscriptionId } = delivery;
  const last = await invocation.ports.attemptLog.last(project, eventId, subscriptionId);
  const after = last?.number ?? 0;
  await attemptStored(invocation, { ...delivery, number: after + 1, replay: { id, requestedAt, after } });
}

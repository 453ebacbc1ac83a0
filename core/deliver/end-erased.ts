import type { Delivery } from '../model/delivery.ts';
import type { Erased, Event } from '../model/event.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { DeliverInvocation } from './invocation.ts';
import type { AttemptPorts, DeliverPorts } from './ports.ts';

/**
 * A message that carries its event is sent without another look at it so soon after the event was accepted, which is almost always.
 * Later, such as after an outage or a redrive, the data may have been erased.
 */
const FRESH_MS = 10_000;

/** End a delivery that came with its event if the event was erased meanwhile. Return whether it ended. */
export async function endIfErased({ ports }: DeliverInvocation, delivery: Delivery): Promise<boolean> {
  const { project, event, subscriptionId, number } = delivery;
  const erased = await erasedSince(ports, event);
  if (erased === null) return false;
  await endErased(ports, erased, { project, eventId: event.id, subscriptionId, number });
  return true;
}

/** Return the erasure of an event that a message carries, or null. */
async function erasedSince(
  { clock, erasures, events }: DeliverPorts,
  { project, id, acceptedAt }: Event,
): Promise<Erased | null> {
  if (clock() - Date.parse(acceptedAt) < FRESH_MS) return null;
  // One small read for all events of a project that never erases anything.
  if ((await erasures.latest(project)) < acceptedAt) return null;
  return (await events.get(project, id))?.erased ?? null;
}

/**
 * End a delivery of an event that was erased. Its state says so, unless too many end at once: then it is missing from what the event
 * tells, which is no reason to receive the message again.
 */
export async function endErased(
  { events, log }: Pick<AttemptPorts, 'events' | 'log'>,
  { at, undelivered, partly }: Erased,
  delivery: Pick<WaitingDelivery, 'project' | 'eventId' | 'subscriptionId' | 'number'>,
): Promise<void> {
  const { project, eventId, subscriptionId } = delivery;
  log.info('delivery cancelled', { ...delivery, reason: 'the event was erased' });
  // An erasure that is still to be repeated says so itself.
  if (partly || undelivered.includes(subscriptionId)) return;
  try {
    await events.erase(project, eventId, { at, undelivered: [subscriptionId] });
  } catch (error) {
    log.warn('delivery missing from its erased event', { ...delivery, error });
  }
}

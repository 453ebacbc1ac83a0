import type { Clock } from '../kernel/clock.ts';
import type { Event } from '../model/event.ts';
import { placeOf } from '../model/event-order.ts';
import type { WaitingKey } from '../model/waiting-delivery.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { ErasureStore } from '../ports/erasure-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import { type DeliveryState, type DeliveryStatesPorts, deliveryStates } from '../read/delivery-states.ts';

export interface EraseEventPorts extends DeliveryStatesPorts {
  readonly events: Pick<EventStore, 'get' | 'erase' | 'eraseBodies'>;
  readonly attemptLog: Pick<AttemptLog, 'ofEvent' | 'erase'>;
  readonly mailbox: Pick<Mailbox, 'hasFirst' | 'write'>;
  readonly erasures: Pick<ErasureStore, 'repeatAt' | 'note'>;
  readonly clock: Clock;
}

/**
 * When the erasure is repeated. An attempt that had the event already has ended and is recorded by then: a worker notices an erasure
 * within ten seconds, and runs for 75 at most.
 */
const REPEATED_AFTER_MS = 120_000;

/**
 * Erase the data of an event, wherever it is stored: its item and its bodies, the requests and responses of its attempts. Deliveries
 * that wait end. The attempts of a test request have an event that is not stored.
 *
 * What is to be repeated is stored first, then what stays of the event, which no worker sends. So an erasure that dies half-way is
 * completed by the sweeper, or by another call.
 *
 * @param until when it stops, in milliseconds since the epoch
 * @returns whether there was enough time for all attempts
 */
export async function eraseEvent(
  ports: EraseEventPorts,
  project: string,
  id: string,
  until: number,
): Promise<boolean> {
  const { events, attemptLog, mailbox, erasures, clock } = ports;
  const event = await events.get(project, id);
  if (event === null) return attemptLog.erase(project, id, until);
  const at = new Date(clock()).toISOString();
  if (event.erased === undefined || event.erased.partly) {
    await erasures.repeatAt(event, clock() + REPEATED_AFTER_MS);
    await erasures.note(project, at);
  }
  // As they are without the erasure: a delivery that was under way may wait for its next attempt since.
  const { erased: _, ...before } = event;
  const ended = (await deliveryStates(ports, before)).filter(({ state }) => state === 'pending');
  const undelivered = ended.map(({ subscriptionId }) => subscriptionId);
  await events.erase(project, event.id, { at, undelivered });
  await events.eraseBodies(project, event.id);
  await mailbox.write(
    [],
    ended.flatMap((delivery) => waitingKeys(event, delivery)),
  );
  return attemptLog.erase(project, event.id, until);
}

/**
 * Return the keys under which a delivery may wait. What they miss, such as the delivery of a replay, ends when it is due: the pump
 * finds no data.
 */
function waitingKeys(event: Event, { subscriptionId, nextAttemptAt }: DeliveryState): WaitingKey[] {
  const dueAt = Date.parse(nextAttemptAt ?? event.acceptedAt);
  const entry = { subscriptionId, eventId: event.id, dueAt };
  return [entry, { ...entry, ordered: placeOf(event) }];
}

import type { Clock } from '../kernel/clock.ts';
import { ConflictError, UnavailableError, ValidationError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Event } from '../model/event.ts';
import { continuationMessage } from '../model/event-message.ts';
import { matches } from '../model/event-pattern.ts';
import type { DeliveryQueue, MessageQueue, Queue } from '../ports/message-queue.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';

export interface ReplayEventPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly internalQueue: MessageQueue;
  readonly retriesQueue: DeliveryQueue;
  readonly clock: Clock;
}

/** Deliver an event again: to one subscription, or to all that match now. Return the replay's id. */
export async function replayEvent(
  { subscriptions, internalQueue, retriesQueue, clock }: ReplayEventPorts,
  event: Event,
  subscriptionId: string | undefined,
): Promise<string> {
  const { project, id: eventId } = event;
  if (event.erased !== undefined)
    throw new ConflictError(
      `The event's data was erased at ${event.erased.at}: there is nothing to deliver.`,
    );
  if (event.suppress) throw new ConflictError('The event is suppressed: it is delivered to nobody.');
  const now = clock();
  const replay = { id: newId('rpl', now), requestedAt: new Date(now).toISOString() };
  if (subscriptionId === undefined) {
    await sendOne(internalQueue, continuationMessage({ project, eventId, pattern: 0, cursor: null, replay }));
    return replay.id;
  }
  const fault = (message: string) => ValidationError.of([{ path: 'subscriptionId', message }]);
  const subscription = await subscriptions.get(project, subscriptionId);
  if (subscription === null) throw fault('is not a subscription of this project');
  if (!subscription.enabled) throw fault('is the id of a disabled subscription');
  if (!matches(subscription.events, event.type))
    throw fault(`is the id of a subscription that does not match ${event.type}`);
  const replayed = { project, subscriptionId, eventId, ...replay };
  await sendOne(retriesQueue, { message: { kind: 'replay', replayed }, groupId: project });
  return replay.id;
}

async function sendOne<Message>(queue: Queue<Message>, message: Message): Promise<void> {
  const unsent = await queue.send([message]);
  if (unsent.size > 0) throw new UnavailableError('The replay could not be queued. Send the request again.');
}

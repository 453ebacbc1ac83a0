import type { Event } from '../model/event.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { FanOutStep } from './fan-out-step.ts';
import type { Wanted } from './match-subscriptions.ts';
import { byReference, continuations, inLots, type Parcel } from './parcels.ts';

export interface SendDeliveriesDependencies {
  readonly deliveriesQueue: MessageQueue;
  /** Where replays go: they must not delay live traffic. */
  readonly retriesQueue: MessageQueue;
  /** Continuations go back to where the events come from. */
  readonly eventsQueue: MessageQueue;
}

/** Some deliveries were not sent: the message is not acknowledged and comes again. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/** What became of an event in one step. */
export interface FannedOut {
  readonly event: Pick<Event, 'project' | 'id' | 'type' | 'acceptedAt' | 'lot'>;
  readonly deliveries: number;
  /** Whether the rest is left to a continuation. */
  readonly isContinued: boolean;
}

/**
 * Sends the deliveries of a batch of one project's events, those of a lot for one subscription together. Answers for each
 * step what became of it, or why its message must come again.
 */
export async function sendDeliveries(
  { deliveriesQueue, retriesQueue, eventsQueue }: SendDeliveriesDependencies,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<FanOutStep, FannedOut | Error>> {
  const unsent = new Set([
    ...(await sendAll(deliveriesQueue, inLots(wanted))),
    ...(await sendAll(retriesQueue, byReference(wanted))),
  ]);
  const sent = wanted.filter(({ step }) => !unsent.has(step));
  for (const step of await sendAll(eventsQueue, continuations(sent))) unsent.add(step);
  return new Map(
    wanted.map(({ step, subscriptionIds, rest }) => [
      step,
      unsent.has(step)
        ? new NotSentError('Some deliveries were not sent.')
        : { event: step.event, deliveries: subscriptionIds.length, isContinued: rest !== null },
    ]),
  );
}

/** Bodies are made as they are sent: those of thousands of deliveries need not be in memory at once. */
const MESSAGES_AT_ONCE = 100;

/** Answers the steps some of whose messages were not sent. */
async function sendAll(queue: MessageQueue, parcels: Generator<Parcel>): Promise<Set<FanOutStep>> {
  const unsent = new Set<FanOutStep>();
  // What comes again anyway would only arrive twice.
  const wanted = parcels.filter(({ steps }) => !steps.every((step) => unsent.has(step)));
  for (const some of inChunks(wanted, MESSAGES_AT_ONCE))
    for (const index of await queue.send(some.map(({ message }) => message)))
      for (const step of some[index]?.steps ?? []) unsent.add(step);
  return unsent;
}

function* inChunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

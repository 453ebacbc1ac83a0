import { pause } from '../kernel/pause.ts';
import { within } from '../kernel/within.ts';
import { type Event, eventText, MAX_INLINE_BYTES } from '../model/event.ts';
import type { OutgoingDelivery, Queue } from '../ports/message-queue.ts';
import type { Matches } from './match-subscriptions.ts';
import type { FanOutPorts } from './ports.ts';
import { isWide } from './position.ts';
import type { FanOutStep } from './step.ts';

/**
 * Send the deliveries of one project's events, those of an event batch for one subscription together. Return the steps of
 * which some message was not sent: their messages must be received again.
 *
 * @param until when unsent messages are not sent again any more, in milliseconds since the epoch
 */
export async function sendDeliveries(
  ports: FanOutPorts,
  matches: readonly Matches[],
  until: number,
): Promise<ReadonlySet<FanOutStep>> {
  const { deliveriesQueue, retriesQueue } = ports;
  const live = matches.filter(({ step }) => step.replay === undefined);
  const wide = live.filter(isWide);
  const narrow = live.filter((each) => !isWide(each));
  return new Set([
    ...(await sendAll(ports, deliveriesQueue, firstAttempts(narrow), until)),
    ...(await sendAll(ports, retriesQueue, firstAttempts(wide), until)),
    ...(await sendAll(ports, retriesQueue, replays(matches), until)),
  ]);
}

/** SQS bills a request by 64 KB; a message with several events stays below that. */
const MAX_BYTES_TOGETHER = 60 * 1024;

/** Return the first attempts, each with its steps: the events of one event batch go to a subscription in one message. */
function firstAttempts(matches: readonly Matches[]): Map<OutgoingDelivery, readonly FanOutStep[]> {
  const messages = new Map<OutgoingDelivery, readonly FanOutStep[]>();
  const eventBatches = Map.groupBy(matches, ({ step }) => step.event.eventBatch ?? step);
  for (const together of eventBatches.values()) {
    const bySubscription = new Map<string, FanOutStep[]>();
    const heldIn = new Map(together.map(({ step, held }) => [step, held]));
    for (const { step, subscriptionIds } of together)
      for (const id of subscriptionIds) {
        const others = bySubscription.get(id);
        if (others === undefined) bySubscription.set(id, [step]);
        else others.push(step);
      }
    for (const [subscriptionId, steps] of bySubscription)
      for (const some of within(steps, bytesOf, MAX_BYTES_TOGETHER)) {
        const [held, ...others] = new Set(some.map((step) => heldIn.get(step)?.get(subscriptionId)));
        messages.set(firstAttempt(subscriptionId, some, others.length === 0 ? held : undefined), some);
      }
  }
  return messages;
}

const bytesOf = ({ event }: FanOutStep): number => Buffer.byteLength(eventText(event));

function firstAttempt(
  subscriptionId: string,
  steps: readonly [FanOutStep, ...FanOutStep[]],
  conditionHeld: string | undefined,
): OutgoingDelivery {
  const [first, ...others] = steps;
  const { event } = first;
  const { project, eventBatch } = event;
  const groupId = project;
  const held = conditionHeld !== undefined && { conditionHeld };
  if (bytesOf(first) > MAX_INLINE_BYTES)
    return {
      groupId,
      message: { kind: 'stored', stored: { project, subscriptionId, eventId: event.id, ...held } },
    };
  if (others.length === 0 || eventBatch === undefined)
    return {
      groupId,
      message: {
        kind: 'delivery',
        delivery: { project, subscriptionId, number: 1, trigger: 'event', event, ...held },
      },
    };
  const events: Event[] = steps.map((step) => step.event);
  return { groupId, message: { kind: 'event-batch', project, subscriptionId, eventBatch, events, ...held } };
}

/** Return the replays by reference: an event may be large, and is in the table. */
function replays(matches: readonly Matches[]): Map<OutgoingDelivery, readonly FanOutStep[]> {
  const messages = new Map<OutgoingDelivery, readonly FanOutStep[]>();
  for (const { step, subscriptionIds } of matches) {
    const { replay, event } = step;
    if (replay === undefined) continue;
    for (const subscriptionId of subscriptionIds) {
      const replayed = { project: event.project, subscriptionId, eventId: event.id, ...replay };
      messages.set({ groupId: event.project, message: { kind: 'replay', replayed } }, [step]);
    }
  }
  return messages;
}

/** Messages become bodies as they are sent: the bodies of thousands of deliveries need not be in memory at once. */
const MESSAGES_AT_ONCE = 100;

/** Send messages, each with its steps. Return the steps of which some message was not sent: they must run again. */
async function sendAll<Message>(
  ports: FanOutPorts,
  queue: Queue<Message>,
  messages: ReadonlyMap<Message, readonly FanOutStep[]>,
  until: number,
): Promise<Set<FanOutStep>> {
  const unsent = new Set<FanOutStep>();
  // A step that runs again anyway would only send this message twice.
  const needed = messages.entries().filter(([, steps]) => !steps.every((step) => unsent.has(step)));
  for (const some of inChunks(needed, MESSAGES_AT_ONCE))
    for (const [, steps] of await sendSome(ports, queue, some, until))
      for (const step of steps) unsent.add(step);
  return unsent;
}

/**
 * The pauses before messages that the queue has not taken are sent again. They are longer than its own, which sends again only
 * what was refused, but not a request that failed: all messages of a step would follow the one that is missing.
 */
const PAUSES_MS = [100, 400, 1600];

type Sending<Message> = readonly [message: Message, steps: readonly FanOutStep[]];

/** Send messages, while there is time those that were not sent again. Return those that never were. */
async function sendSome<Message>(
  { clock }: FanOutPorts,
  queue: Queue<Message>,
  some: readonly Sending<Message>[],
  until: number,
): Promise<readonly Sending<Message>[]> {
  let left = await sendOnce(queue, some);
  for (const ms of PAUSES_MS) {
    if (left.length === 0 || clock() + ms >= until) break;
    await pause(ms);
    left = await sendOnce(queue, left);
  }
  return left;
}

async function sendOnce<Message>(
  queue: Queue<Message>,
  some: readonly Sending<Message>[],
): Promise<readonly Sending<Message>[]> {
  const unsent = await queue.send(some.map(([message]) => message));
  return some.filter((_, index) => unsent.has(index));
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

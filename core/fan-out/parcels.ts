import { deliveryText, lotText, replayText } from '../model/delivery-message.ts';
import type { OutgoingMessage } from '../ports/message-queue.ts';
import { continuation, type FanOutStep } from './fan-out-step.ts';
import type { Wanted } from './match-subscriptions.ts';

/** A message, and the steps that must be made again if it cannot be sent. */
export interface Parcel {
  readonly message: OutgoingMessage;
  readonly steps: readonly FanOutStep[];
}

/** SQS bills a request by 64 KB: a message of several events stays within that. */
export const MOST_BYTES_TOGETHER = 60 * 1024;

/** First attempts: events of one lot that a subscription wants go to it in one message. */
export function* inLots(wanted: readonly Wanted[]): Generator<Parcel> {
  const live = wanted.filter(({ step }) => step.from.replay === undefined);
  const lots = Map.groupBy(live, ({ step }) => step.event.lot ?? step);
  for (const together of lots.values()) {
    const bySubscription = new Map<string, Wanted[]>();
    for (const each of together)
      for (const id of each.subscriptionIds) {
        const others = bySubscription.get(id);
        if (others === undefined) bySubscription.set(id, [each]);
        else others.push(each);
      }
    for (const [subscriptionId, all] of bySubscription)
      for (const some of withinBytes(all)) yield parcelOf(subscriptionId, some);
  }
}

function* withinBytes(wanted: readonly Wanted[]): Generator<[Wanted, ...Wanted[]]> {
  let some: [Wanted, ...Wanted[]] | undefined;
  let bytes = 0;
  for (const each of wanted) {
    const more = Buffer.byteLength(each.text);
    if (some !== undefined && bytes + more > MOST_BYTES_TOGETHER) {
      yield some;
      some = undefined;
      bytes = 0;
    }
    if (some === undefined) some = [each];
    else some.push(each);
    bytes += more;
  }
  if (some !== undefined) yield some;
}

function parcelOf(subscriptionId: string, wanted: readonly [Wanted, ...Wanted[]]): Parcel {
  const [{ step, text }, ...others] = wanted;
  const { project, lot } = step.event;
  const body =
    others.length === 0 || lot === undefined
      ? deliveryText({ project, subscriptionId, number: 1, trigger: 'event' }, text)
      : lotText(
          { project, subscriptionId, lot },
          wanted.map((each) => each.text),
        );
  return { message: { body, groupId: subscriptionId }, steps: wanted.map((each) => each.step) };
}

/** Of replays: an event may be large, and is in the table. */
export function* byReference(wanted: readonly Wanted[]): Generator<Parcel> {
  for (const { step, subscriptionIds } of wanted) {
    const { project, id: eventId } = step.event;
    const { replay } = step.from;
    if (replay === undefined) continue;
    for (const subscriptionId of subscriptionIds) {
      const body = replayText({ project, subscriptionId, eventId, ...replay });
      yield { message: { body, groupId: subscriptionId }, steps: [step] };
    }
  }
}

/** What leaves the rest of an event to another invocation. */
export function* continuations(wanted: readonly Wanted[]): Generator<Parcel> {
  for (const { step, rest } of wanted) {
    const { project, id: eventId } = step.event;
    const { replay } = step.from;
    if (rest !== null) yield { message: continuation({ project, eventId, ...rest, replay }), steps: [step] };
  }
}

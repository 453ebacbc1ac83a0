import * as z from 'zod/mini';
import { mayWant } from '../domain/customization.ts';
import { deliveryText, replayText } from '../domain/delivery-message.ts';
import { type Event, eventText } from '../domain/event.ts';
import { patternsOf } from '../domain/event-type.ts';
import { parseJson, toJsonText } from '../domain/json-text.ts';
import { conditionMark } from '../domain/subscription.ts';
import { EventScope } from '../domain/template/event-scope.ts';
import { Allowance } from '../domain/template/meter.ts';
import { validate } from '../domain/validate.ts';
import type {
  Binding,
  BindingStore,
  Clock,
  EventStore,
  Log,
  MessageQueue,
  OutgoingMessage,
  QueueMessage,
  SubscriptionStore,
} from '../ports.ts';

export interface SendDeliveriesDependencies {
  readonly events: Pick<EventStore, 'get'>;
  readonly bindings: BindingStore;
  /** May be up to 10 s old. Only those that have a condition are looked at. */
  readonly subscriptions: Pick<SubscriptionStore, 'get'> & {
    readonly forget: (project: string, id: string) => void;
  };
  readonly deliveriesQueue: MessageQueue;
  /** Where replays go: they must not delay live traffic. */
  readonly retriesQueue: MessageQueue;
  /** Continuations go back to where the events come from. */
  readonly eventsQueue: MessageQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** Deliveries that one invocation makes of one event before it leaves the rest to a continuation. */
  readonly deliveriesPerStep: number;
}

/** Message attribute that tells a continuation from what publishers send. */
const CONTINUATION = 'ancrage-continuation';

/** Where a fan-out goes on: after which binding of which of the event type's patterns. */
const continuationSchema = z.strictObject({
  project: z.string(),
  eventId: z.string(),
  pattern: z.int().check(z.minimum(0)),
  cursor: z.nullable(z.string()),
  /** What it is a replay of, if it is one. */
  replay: z.optional(z.strictObject({ id: z.string(), requestedAt: z.string() })),
});

type Continuation = z.output<typeof continuationSchema>;

export const continuation = (from: Continuation): OutgoingMessage => ({
  body: toJsonText(from),
  groupId: from.project,
  attributes: { [CONTINUATION]: 'true' },
});

const BINDINGS_PER_PAGE = 100;
/** A step of large events has fewer deliveries: a batch of ten steps must fit into a function's memory and time. */
const BYTES_PER_STEP = 8 * 1024 * 1024;

/**
 * For the conditions of one event, of which a usual one takes some dozen: about a tenth of a second. Who has hundreds of
 * costly ones must not hold up the other projects' events in the batch, so the rest is left to the deliveries.
 */
const CONDITION_STEPS = 300_000;

/** Some deliveries were not sent: the message is not acknowledged and comes again. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

export const isContinuation = ({ attributes }: QueueMessage): boolean =>
  attributes[CONTINUATION] !== undefined;

/** What became of an event in one step. */
export interface FannedOut {
  readonly event: Pick<Event, 'project' | 'id' | 'type' | 'acceptedAt'>;
  readonly deliveries: number;
  /** Whether the rest is left to a continuation. */
  readonly isContinued: boolean;
}

/** Null if the event is gone. @throws RequestError if the message is no continuation */
export async function continueFanOut(
  dependencies: SendDeliveriesDependencies,
  message: QueueMessage,
): Promise<FannedOut | null> {
  const from = validate(continuationSchema, parseJson(message.body).value);
  const { project, eventId } = from;
  const event = await dependencies.events.get(project, eventId);
  if (event === null) {
    const reason = "the event's retention has ended";
    dependencies.log.warn('fan-out ended', { project, eventId, messageId: message.id, reason });
    return null;
  }
  return sendDeliveries(dependencies, event, from);
}

/**
 * Sends one delivery for each subscription that is bound to the event's type or a wildcard of it, unless the event is
 * suppressed.
 */
export async function sendDeliveries(
  dependencies: SendDeliveriesDependencies,
  event: Event,
  from: Pick<Continuation, 'pattern' | 'cursor' | 'replay'> = { pattern: 0, cursor: null },
): Promise<FannedOut> {
  const { bindings, deliveriesQueue, retriesQueue, eventsQueue, deliveriesPerStep, clock } = dependencies;
  const { project, id: eventId } = event;
  if (event.suppress) return { event, deliveries: 0, isContinued: false };
  const { replay } = from;
  const scope = new EventScope(event, clock());
  const allowance = new Allowance(CONDITION_STEPS);
  const text = eventText(event);
  const toMessage = (subscriptionId: string): OutgoingMessage => ({
    body:
      replay === undefined
        ? deliveryText({ project, subscriptionId, number: 1, trigger: 'event' }, text)
        : replayText({ project, subscriptionId, eventId, ...replay }),
    groupId: subscriptionId,
  });
  const lane = replay === undefined ? deliveriesQueue : retriesQueue;
  const perStep = Math.max(1, Math.min(deliveriesPerStep, Math.floor(BYTES_PER_STEP / text.length)));
  const patterns = patternsOf(event.type);
  let { pattern, cursor } = from;
  let looked = 0;
  let deliveries = 0;
  for (let name = patterns[pattern]; name !== undefined; name = patterns[pattern]) {
    if (looked >= perStep) {
      await sendAll(eventsQueue, [continuation({ project, eventId, pattern, cursor, replay })]);
      return { event, deliveries, isContinued: true };
    }
    const page = await bindings.page(project, name, {
      limit: Math.min(BINDINGS_PER_PAGE, perStep - looked),
      cursor,
    });
    const wanting = await wantingOnly(dependencies, project, page.items, scope, allowance);
    await sendAll(lane, wanting.map(toMessage));
    deliveries += wanting.length;
    looked += page.items.length;
    cursor = page.cursor;
    if (cursor === null) pattern++;
  }
  return { event, deliveries, isContinued: false };
}

/** Without those whose condition does not hold. */
async function wantingOnly(
  { subscriptions }: SendDeliveriesDependencies,
  project: string,
  bound: readonly Binding[],
  scope: EventScope,
  allowance: Allowance,
): Promise<string[]> {
  const wanting = await Promise.all(
    bound.map(async ({ subscriptionId, condition }) => {
      if (condition === null) return [subscriptionId];
      let subscription = await subscriptions.get(project, subscriptionId);
      if (subscription !== null && conditionMark(subscription.condition) !== condition) {
        // Remembered from before its condition was changed: the binding knows better.
        subscriptions.forget(project, subscriptionId);
        subscription = await subscriptions.get(project, subscriptionId);
      }
      return subscription !== null && mayWant(subscription.condition, scope, allowance)
        ? [subscriptionId]
        : [];
    }),
  );
  return wanting.flat();
}

async function sendAll(queue: MessageQueue, messages: readonly OutgoingMessage[]): Promise<void> {
  const unsent = await queue.send(messages);
  if (unsent.size > 0) throw new NotSentError(`${unsent.size} of ${messages.length} messages were not sent`);
}

import { bodyBytes } from '../claim-check/claim-check.ts';
import { MAX_RECEIVES } from '../contract.ts';
import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { asError, RequestError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { within } from '../kernel/within.ts';
import { EVENT_BATCH_SPAN_MS } from '../model/event.ts';
import { continuationMessage } from '../model/event-message.ts';
import {
  LONGEST_DELAY_SECONDS,
  type OutgoingMessage,
  type QueueMessage,
  type Unhandled,
} from '../model/queue-message.ts';
import { eventAttributes } from '../ports/tracer.ts';
import { notHandled } from '../receive/not-handled.ts';
import { appendToLog } from './append-to-log.ts';
import { deadLetter } from './dead-letter.ts';
import { holdBack } from './hold-back.ts';
import { conditionAllowance, type Matches, matchSubscriptions } from './match-subscriptions.ts';
import type { FanOutPorts } from './ports.ts';
import { advance } from './position.ts';
import { type ReceivedEvent, readMessage } from './read-message.ts';
import { reportFanOut } from './report-fan-out.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { FanOutStep } from './step.ts';
import { storeEvent } from './store-event.ts';

/**
 * Turn each message of the events queue or the internal queue into one delivery for each subscription that matches. Return the
 * messages that must be received again because of a fault of ours; a fault of the publisher's ends in the dead-letter queue.
 *
 * @param until when no further step of an event begins, in milliseconds since the epoch: the rest goes to a continuation.
 * By default each event has one step
 */
export async function fanOut(
  ports: FanOutPorts,
  messages: readonly QueueMessage[],
  until = Number.NEGATIVE_INFINITY,
): Promise<Unhandled[]> {
  const unhandled: Unhandled[] = [];
  for (const some of within(messages, bodyBytes, MAX_PARSED_BYTES))
    unhandled.push(...(await fanOutTogether(ports, some, until)));
  return unhandled;
}

/** The bodies that are parsed at once. As values that a condition reads, one may take thirty times its size. */
const MAX_PARSED_BYTES = 4 * 1024 * 1024;

async function fanOutTogether(
  ports: FanOutPorts,
  messages: readonly QueueMessage[],
  until: number,
): Promise<Unhandled[]> {
  const startedAt = ports.clock();
  const failures = new Map<QueueMessage, Error>();
  const received: ReceivedEvent[] = [];
  const arrays = new Map<QueueMessage, readonly OutgoingMessage[]>();
  const steps = new Map<QueueMessage, FanOutStep>();
  // Read again by each invocation: an event that was accepted after its project was deleted is not stored.
  const projects = cached(ports.projects.get, {
    maxAgeMs: 60_000,
    maxBytes: MAX_PROJECT_BYTES,
    clock: ports.clock,
  });
  const read = messages.map(
    async (message) => [message, await readMessage({ ...ports, projects }, message).catch(asError)] as const,
  );
  for (const [message, result] of await Promise.all(read))
    if (result instanceof Error) failures.set(message, result);
    else if (result !== null && 'events' in result) arrays.set(message, result.events);
    else if (result !== null && 'published' in result) received.push(result);
    else if (result !== null) steps.set(message, result);

  for (const message of await sendArrays(ports, arrays)) failures.set(message, new NotSentError());

  const isOperational = ({ published }: ReceivedEvent) => published.isOperational;
  const { admitted, unsent } = await holdBack(
    ports,
    received.filter((each) => !isOperational(each)),
  );
  const toStore = [...admitted, ...received.filter(isOperational)];
  const eventBatches = eventBatchesOf(toStore, ports.clock);
  const stored = toStore.map(
    async (each) =>
      [each.message, await storeEvent(ports, each, eventBatches.get(each)).catch(asError)] as const,
  );
  for (const [message, result] of await Promise.all(stored))
    if (result instanceof Error) failures.set(message, result);
    else if (result !== null) steps.set(message, result);
  // Counted once they are stored: a failing server repeats its report with each delivery, and that must not use up the rate.
  const reports = toStore.filter((each) => isOperational(each) && steps.has(each.message));
  const goingOn = await holdBack(ports, reports);
  for (const each of reports) if (!goingOn.admitted.includes(each)) steps.delete(each.message);
  for (const message of [...unsent, ...goingOn.unsent]) failures.set(message, new NotSentError());

  // One project's events wait for each other, but not for another project's conditions.
  const inOrder = messages.flatMap((message) => steps.get(message) ?? []);
  const byProject = Map.groupBy(inOrder, ({ event }) => event.project);
  const unhandled = await Promise.all([
    giveUp(ports, failures),
    ...byProject.values().map((together) => fanOutProject(ports, together, startedAt, until)),
  ]);
  return unhandled.flat();
}

/** Send the events of arrays, each in a message of its own. Return the arrays of which some event was not sent. */
async function sendArrays(
  { internalQueue }: FanOutPorts,
  arrays: ReadonlyMap<QueueMessage, readonly OutgoingMessage[]>,
): Promise<QueueMessage[]> {
  const sent = [...arrays].map(async ([message, events]) => {
    const unsent = await internalQueue.send(events);
    return unsent.size > 0 ? [message] : [];
  });
  return (await Promise.all(sent)).flat();
}

/** More than the projects of a batch of ten messages take. */
const MAX_PROJECT_BYTES = 1024 * 1024;

class NotSentError extends Error {
  override readonly name = 'NotSentError';

  constructor() {
    super('Some messages were not sent.');
  }
}

/** Events of one project that were accepted at about the same time are an event batch. An event that arrived alone is none. */
function eventBatchesOf(
  received: readonly ReceivedEvent[],
  clock: Clock,
): ReadonlyMap<ReceivedEvent, string> {
  const together = Map.groupBy(
    received,
    ({ project, message }) => `${project.id} ${Math.floor(message.sentAt / EVENT_BATCH_SPAN_MS)}`,
  );
  return new Map(
    [...together.values()].flatMap((all) => {
      const id = newId('lot', clock());
      return all.length > 1 ? all.map((each) => [each, id] as const) : [];
    }),
  );
}

/**
 * Fan out one project's events, step by step, while there is time. Return its messages that must be received again.
 */
async function fanOutProject(
  ports: FanOutPorts,
  steps: readonly FanOutStep[],
  startedAt: number,
  until: number,
): Promise<Unhandled[]> {
  const failures = new Map<QueueMessage, Error>();
  try {
    const logged = appendToLog(ports, steps);
    const allowance = conditionAllowance();
    let going = steps;
    while (going.length > 0) {
      // Nothing is delivered that is not in the log: after a fault there it would be delivered twice.
      const [{ matched, failed }] = await Promise.all([matchSubscriptions(ports, going, allowance), logged]);
      const unsent = await sendDeliveries(ports, matched, until);
      // A fan-out stops at a step that failed, so that the stored position never passes unsent deliveries: its message is
      // received again and goes on from there.
      for (const [{ message }, error] of failed) failures.set(message, error);
      for (const { message } of unsent) failures.set(message, new NotSentError());
      const sent = matched.filter(({ step }) => !unsent.has(step));
      const rests = await advanceAll(ports, sent, failures);
      const hasTime = ports.clock() < until;
      if (!hasTime) await continueLater(ports, rests, failures);
      reportFanOut(
        ports,
        sent.filter(({ step }) => !failures.has(step.message)),
        startedAt,
      );
      going = hasTime ? rests : [];
    }
  } catch (error) {
    for (const { message } of steps) failures.set(message, asError(error));
  }
  for (const { span, event, message } of steps) span.end(eventAttributes(event), failures.get(message)?.name);
  return giveUp(ports, failures);
}

/** Store how far the events are. Return the next steps of those that have subscriptions left. */
async function advanceAll(
  ports: FanOutPorts,
  sent: readonly Matches[],
  failures: Map<QueueMessage, Error>,
): Promise<FanOutStep[]> {
  const rests: FanOutStep[] = [];
  const overtaken: FanOutStep[] = [];
  const advanced = sent.map(async (each) => [each, await advance(ports, each).catch(asError)] as const);
  for (const [{ step, rest }, result] of await Promise.all(advanced))
    if (result instanceof Error) failures.set(step.message, result);
    else if (rest !== null) (result ? rests : overtaken).push({ ...step, from: rest, stored: rest });
  // The faster handling may be of the same message: SQS sometimes delivers one twice. The message is deleted here, so if that
  // handling died, nobody would go on. When this continuation is received, it usually finds the fan-out done.
  await continueLater(ports, overtaken, failures, LONGEST_DELAY_SECONDS);
  return rests;
}

/** Leave the rest of events to other invocations. A message whose rest could not be sent must be received again. */
async function continueLater(
  { internalQueue }: FanOutPorts,
  rests: readonly FanOutStep[],
  failures: Map<QueueMessage, Error>,
  delaySeconds?: number,
): Promise<void> {
  if (rests.length === 0) return;
  const unsent = await internalQueue.send(
    rests.map(({ event: { project, id: eventId }, from, replay }) => ({
      ...continuationMessage({ project, eventId, ...from, replay }),
      ...(delaySeconds !== undefined && { delaySeconds }),
    })),
  );
  for (const index of unsent) {
    const rest = rests[index];
    if (rest !== undefined) failures.set(rest.message, new NotSentError());
  }
}

/** Dead-letter the messages that can never be handled. Return those that must be received again. */
async function giveUp(ports: FanOutPorts, failures: ReadonlyMap<QueueMessage, Error>): Promise<Unhandled[]> {
  const unhandled = await Promise.all(
    [...failures].map(async ([message, error]): Promise<Unhandled[]> => {
      const reason = reasonToDeadLetter(message, error);
      if (reason === null) return notHandled(ports.log, message, { why: 'fault', error });
      return (await deadLetter(ports, message, reason)) ? [] : [{ id: message.id, why: 'never' }];
    }),
  );
  return unhandled.flat();
}

/** Return why nobody can ever handle a message, or null. */
function reasonToDeadLetter({ receiveCount }: QueueMessage, error: Error): string | null {
  // It would fail on every receive.
  if (error instanceof RequestError) return error.message;
  return receiveCount < MAX_RECEIVES
    ? null
    : 'The event could not be fanned out; the function’s log says why.';
}

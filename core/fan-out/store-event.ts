import { CLAIM_CHECK } from '../claim-check/claim-check.ts';
import { ValidationError } from '../kernel/errors.ts';
import { acceptedEvent, type Event, type PublishedEvent } from '../model/event.ts';
import { claimedOrder } from '../model/event-order.ts';
import { firstMessageId, isRepeated, type QueueMessage } from '../model/queue-message.ts';
import { traceIdOf } from '../model/trace-context.ts';
import { idBesideAnother, possibleIds, writtenEvent } from '../model/written-event.ts';
import type { FanOutPorts } from './ports.ts';
import { resume, START } from './position.ts';
import type { ReceivedEvent } from './read-message.ts';
import { type FanOutStep, traced } from './step.ts';

/**
 * Store a published event once, with its event batch if it has one. Return null if another message brought it before, or if
 * this one did and the fan-out is done.
 *
 * @throws RequestError with the reason if the event can never be accepted
 */
export async function storeEvent(
  ports: FanOutPorts,
  { message, project, published }: ReceivedEvent,
  eventBatch: string | undefined,
): Promise<FanOutStep | null> {
  const { events, log, metrics } = ports;
  // Each handling of this message uses the same id and time of acceptance.
  const messageId = firstMessageId(message);
  const order = claimedOrder(published.order, message.sentAt);
  // An event that was published over HTTPS has its id already.
  const written = published.isValidated
    ? published.event
    : await writtenOnce(ports, published.event, project.id, message);
  const began = traced(ports, {
    ...acceptedEvent(written, project, written.id ?? `evt_${messageId}`, message.sentAt),
    ...(order !== undefined && { order }),
    ...(eventBatch !== undefined && { eventBatch }),
    ...(published.hops > 0 && { hops: published.hops }),
    ...(published.trace && { trace: published.trace }),
  });
  let { event } = began;
  if (!published.isValidated) await validateOnce(ports, event, message);
  const messageBody = message.attributes[CLAIM_CHECK];
  let outcome = await events.putOnce(event, messageId, messageBody);
  if (outcome === 'conflict') {
    // Two sources may use the same id (CloudEvents 1.0, "id"): in format 1 the second event gets another.
    event = { ...event, id: idBesideAnother(event.id, event.source) };
    outcome = await events.putOnce(event, messageId, messageBody);
  }
  const first = { message, from: START, stored: null, replay: undefined };
  if (outcome === 'same-message') {
    // The first handling may have sent deliveries: they belong to the event batch that the event had then.
    const known = await events.get(project.id, event.id);
    return known && resume(ports, { ...first, ...traced(ports, known), isLogged: 'maybe' });
  }
  if (outcome === 'stored') {
    metrics.count('EventsAccepted');
    return { ...first, event, span: began.span, isLogged: 'no' };
  }
  const { id: eventId, type: eventType } = event;
  const ids = { project: project.id, eventId, eventType, ...traceIdOf(published.trace) };
  log.info('event repeated', { ...ids, messageId: message.id });
  metrics.count('EventsRepeated');
  return null;
}

/**
 * Return a published event as this stage accepts it, with the id that an earlier handling of its message stored it with: the
 * stage's format may have changed since.
 */
async function writtenOnce(
  { events, writeFormat }: FanOutPorts,
  published: PublishedEvent,
  project: string,
  message: QueueMessage,
): Promise<PublishedEvent> {
  const { id, source } = published;
  if (isRepeated(message) && id !== undefined && source !== undefined) {
    const stored = await Promise.all(possibleIds(source, id).map((each) => events.get(project, each)));
    const known = stored.find((each) => each?.source === source);
    if (known) return { ...published, id: known.id };
  }
  return writtenEvent(published, writeFormat);
}

/** @throws ValidationError unless the event was accepted by an earlier handling, whose deliveries may be under way */
async function validateOnce(
  { events, validator }: FanOutPorts,
  event: Event,
  message: QueueMessage,
): Promise<void> {
  try {
    await validator.validate(event.project, event);
  } catch (error) {
    const isStored = isRepeated(message) && (await events.get(event.project, event.id)) !== null;
    if (!(error instanceof ValidationError) || !isStored) throw error;
  }
}

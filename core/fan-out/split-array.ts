import { type Fault, ValidationError } from '../kernel/errors.ts';
import { elementsOf, type JsonText } from '../kernel/json-text.ts';
import { MAX_CARRIED_LEVELS, parseStrictJson } from '../kernel/strict-json.ts';
import { EVENT_ATTRIBUTE, type Publication } from '../model/event-message.ts';
import { orderInCall } from '../model/event-order.ts';
import {
  COPY_ATTRIBUTE,
  delayedCopy,
  firstMessageId,
  type OutgoingMessage,
  type QueueMessage,
} from '../model/queue-message.ts';
import { readEventMessage } from '../model/read-event-message.ts';
import { writtenEvent } from '../model/written-event.ts';
import { faultsWithin, MAX_EVENTS_TOGETHER, newBudget } from '../publish/validate-event.ts';
import { publicAttributes } from './honour.ts';
import type { FanOutPorts } from './ports.ts';
import { projectOf } from './project-of.ts';

/** Whether a message has an array of events. */
export const isArrayOfEvents = (body: string): boolean => /^[\s\uFEFF]*\[/.test(body);

/**
 * Return a message for each event of a publisher's array, none of them if one event is not valid. Each has an id and a place in
 * the order that are the same whenever the array is received.
 *
 * @throws RequestError with the faults of all events
 */
export async function splitArray(
  ports: FanOutPorts,
  message: QueueMessage,
  body: string,
): Promise<OutgoingMessage[]> {
  const elements = elementsOf(parseStrictJson(body, MAX_CARRIED_LEVELS + 1).text);
  if (elements.length === 0 || elements.length > MAX_EVENTS_TOGETHER)
    throw new ValidationError(`The message is not an array of 1 to ${MAX_EVENTS_TOGETHER} events.`);
  // Internal attributes are about one event, never about an array.
  const attributes = publicAttributes(message);
  const faults: Fault[] = [];
  const budget = newBudget();
  const projects = new Set<string>();
  for (const [index, element] of elements.entries()) {
    try {
      const published = readElement(ports, attributes, element);
      const project = await projectOf(ports, message, published);
      projects.add(project.id);
      const event = writtenEvent(published.event, ports.writeFormat);
      await ports.validator.validate(project.id, event, budget);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      faults.push(...faultsWithin(index, error));
    }
  }
  if (faults.length > 0) throw ValidationError.of(faults);
  const [groupId = '', ...others] = projects;
  if (others.length > 0) throw new ValidationError('The events of the array are of several projects.');
  return elements.map((element, index) =>
    delayedCopy(
      { ...message, attributes, body: element },
      { groupId, delaySeconds: 0 },
      {
        [COPY_ATTRIBUTE.firstMessageId]: `${firstMessageId(message)}-${index}`,
        [EVENT_ATTRIBUTE.order]: String(orderInCall(message.sentAt, index)),
      },
    ),
  );
}

function readElement(
  { writeFormat }: FanOutPorts,
  attributes: Readonly<Record<string, string>>,
  body: JsonText,
): Publication {
  const content = readEventMessage({ body, attributes }, writeFormat);
  if (content.kind !== 'publication') throw new ValidationError('The array has something else than events.');
  return content;
}

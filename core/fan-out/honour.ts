import { hasValidMac, MAC } from '../model/dead-letter-mac.ts';
import { EVENT_ATTRIBUTE } from '../model/event-message.ts';
import type { Origin, ReceivedMessage } from '../model/queue-message.ts';

export interface HonourPorts {
  readonly internalQueueName: string;
  /** The unique ids of our functions' roles, `AROA…`. */
  readonly ownRoleIds: ReadonlySet<string>;
  readonly stackKey: string;
}

/** The attributes that anybody may send with an event. */
const PUBLIC: ReadonlySet<string> = new Set([
  EVENT_ATTRIBUTE.project,
  EVENT_ATTRIBUTE.hops,
  EVENT_ATTRIBUTE.traceparent,
  EVENT_ATTRIBUTE.tracestate,
]);

/**
 * Return a message with the attributes that fan-out may honour: all that our functions have set, and of anybody else's
 * message only those of a publication.
 */
export function honour(ports: HonourPorts, message: ReceivedMessage, origin: Origin): ReceivedMessage {
  // A MAC that was checked is dropped: it would not fit the attributes of a copy after a fault.
  const isAllowed = isOurs(ports, message, origin)
    ? (name: string) => !ofDeadLetter(name)
    : (name: string) => PUBLIC.has(name);
  const allowed = Object.entries(message.attributes).filter(([name]) => isAllowed(name));
  return { ...message, attributes: Object.fromEntries(allowed) };
}

/** Return the attributes that the publisher may have set. */
export const publicAttributes = ({ attributes }: Pick<ReceivedMessage, 'attributes'>) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => PUBLIC.has(name)));

/** Whether only a dead letter has an attribute. */
const ofDeadLetter = (name: string): boolean => name === EVENT_ATTRIBUTE.reason || name === MAC;

/** Return whether an ARN is that of the internal queue. */
export const isInternal = ({ internalQueueName }: HonourPorts, queueArn: string): boolean =>
  queueArn.split(':').at(-1) === internalQueueName;

function isOurs(ports: HonourPorts, message: ReceivedMessage, { queueArn, senderId = '' }: Origin): boolean {
  const { ownRoleIds, stackKey } = ports;
  const { attributes } = message;
  // Whose message a redrive moves, SQS does not say, and version 0.1 left a publisher's attributes in a dead letter.
  if (Object.keys(attributes).some(ofDeadLetter))
    return isInternal(ports, queueArn) && hasValidMac(stackKey, message);
  // Also on the events queue: version 0.1 sends such messages there, and this one does with format 1.
  return ownRoleIds.has(senderId.replace(/:.*/s, ''));
}

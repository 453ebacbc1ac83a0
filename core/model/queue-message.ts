/** The longest delay that SQS allows. */
export const LONGEST_DELAY_SECONDS = 900;

/** A message to be sent to one of the queues. */
export interface OutgoingMessage {
  readonly body: string;
  /** The SQS message group: a fair queue keeps one group's backlog from delaying the other groups. */
  readonly groupId: string;
  /** 0 to {@link LONGEST_DELAY_SECONDS}. */
  readonly delaySeconds?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A message as SQS delivers it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  readonly groupId: string | undefined;
  /** When SQS accepted it, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** How many times it has been received, including this time. */
  readonly receiveCount: number;
  /** String attributes only. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What SQS itself says about a message. */
export interface Origin {
  readonly queueArn: string;
  /** The unique id of whoever sent it; for a role followed by a colon and the session, which for a function is its name. */
  readonly senderId: string | undefined;
}

/** A message as a queue worker handles it. A copy that was sent after a fault of ours counts as the message itself. */
export interface QueueMessage extends ReceivedMessage {
  /** When SQS accepted the message that the publisher sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** How often it could not be handled because of a fault of ours, and was copied. */
  readonly faults: number;
}

/** The attributes of a copy. */
export const COPY_ATTRIBUTE = {
  /**
   * The id of the message that was first received. SQS gives a copy, and a message that is redriven from the dead-letter queue,
   * an id of its own, by which it would be taken for a duplicate of itself.
   */
  firstMessageId: 'ancrage-message-id',
  firstSentAt: 'ancrage-sent-at',
  faults: 'ancrage-faults',
} as const;

/** Read the attributes of a copy. Values that no function of ours writes are ignored. */
export function toQueueMessage(message: ReceivedMessage): QueueMessage {
  const { attributes, sentAt } = message;
  const numberIn = (name: string, most: number) => {
    const value = /^\d{1,15}$/.test(attributes[name] ?? '') ? Number(attributes[name]) : null;
    return value !== null && value <= most ? value : null;
  };
  return {
    ...message,
    sentAt: numberIn(COPY_ATTRIBUTE.firstSentAt, sentAt) ?? sentAt,
    faults: numberIn(COPY_ATTRIBUTE.faults, MAX_FAULTS) ?? 0,
  };
}

/** More than there can be in 14 days. */
const MAX_FAULTS = 10_000;

/** Return the id that a message had when it was first received. */
export const firstMessageId = ({ id, attributes }: ReceivedMessage): string =>
  attributes[COPY_ATTRIBUTE.firstMessageId] ?? id;

/** Whether an earlier handling may have left traces. */
export const isRepeated = ({ receiveCount, faults }: QueueMessage): boolean => receiveCount > 1 || faults > 0;

/** SQS's limit for one message. */
const MAX_ATTRIBUTES = 10;

/** Return a message's attributes with others of ours, and without as many of the publisher's own as SQS does not allow. */
export function withAttributes(
  { attributes }: Pick<ReceivedMessage, 'attributes'>,
  ours: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(attributes).filter(([name]) => !(name in ours));
  const isOurs = ([name]: [string, string]) => name === 'project' || name.startsWith('ancrage-');
  const kept = [...given.filter(isOurs), ...given.filter((entry) => !isOurs(entry))];
  return { ...Object.fromEntries(kept.slice(0, MAX_ATTRIBUTES - Object.keys(ours).length)), ...ours };
}

/** Return what attributes count towards SQS's limit on the size of a message: their names, types and values. */
export const attributeBytes = (attributes: Readonly<Record<string, string>>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + name.length + 'String'.length + Buffer.byteLength(value),
    0,
  );

/** Return a copy that takes the place of a message, and is received later. It keeps the message's first id and time. */
export function delayedCopy(
  message: QueueMessage,
  { groupId, delaySeconds }: { readonly groupId: string; readonly delaySeconds: number },
  ours: Readonly<Record<string, string>>,
): OutgoingMessage {
  const attributes = withAttributes(message, {
    [COPY_ATTRIBUTE.firstMessageId]: firstMessageId(message),
    [COPY_ATTRIBUTE.firstSentAt]: String(message.sentAt),
    ...ours,
  });
  return { body: message.body, groupId, delaySeconds, attributes };
}

/** A message that was not handled. */
export interface Unhandled {
  readonly id: string;
  /** `fault`: because of a fault of ours. `never`: nobody can handle it, and SQS must dead-letter it. */
  readonly why: 'fault' | 'never';
}

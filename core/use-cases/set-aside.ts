import type { Log, MessageQueue, QueueMessage } from '../ports.ts';

export interface SetAsideDependencies {
  readonly deadLetterQueue: MessageQueue;
  readonly log: Log;
}

/**
 * Message attribute with the id that a message had when it was first received. SQS gives a message that is redriven
 * from a dead-letter queue a new id, and by its new one it would be taken for a repetition of itself.
 */
const FIRST_ID = 'ancrage-message-id';

export const firstId = ({ id, attributes }: QueueMessage): string => attributes[FIRST_ID] ?? id;

// SQS takes ten attributes of characters that XML allows: what is left beside ours is the publisher's.
const OWN_ATTRIBUTES = 2;
const MOST_ATTRIBUTES = 10;
const MAX_REASON = 1000;

/** Moves a message to the dead-letter queue with the reason. Answers whether it is there. */
export async function setAside(
  { deadLetterQueue, log }: SetAsideDependencies,
  message: QueueMessage,
  reason: string,
): Promise<boolean> {
  const theirs = Object.entries(message.attributes).slice(0, MOST_ATTRIBUTES - OWN_ATTRIBUTES);
  const attributes = {
    ...Object.fromEntries(theirs),
    reason: printable(reason),
    [FIRST_ID]: firstId(message),
  };
  const unsent = await deadLetterQueue.send([{ body: message.body, groupId: 'refused', attributes }]);
  log.warn('message set aside', { messageId: message.id, reason });
  return unsent.size === 0;
}

const printable = (text: string) =>
  text
    .slice(0, MAX_REASON)
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ');

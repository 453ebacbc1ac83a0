import type { Log } from '../ports/logger.ts';
import type { MessageQueue, QueueMessage } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface SetAsideDependencies {
  readonly deadLetterQueue: MessageQueue;
  readonly log: Log;
  readonly metrics: Metrics;
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
  { deadLetterQueue, log, metrics }: SetAsideDependencies,
  message: QueueMessage,
  reason: string,
): Promise<boolean> {
  const told = printable(reason);
  const theirs = Object.entries(message.attributes).slice(0, MOST_ATTRIBUTES - OWN_ATTRIBUTES);
  const attributes = {
    ...Object.fromEntries(theirs),
    reason: told,
    [FIRST_ID]: firstId(message),
  };
  const unsent = await deadLetterQueue.send([{ body: message.body, groupId: 'refused', attributes }]);
  // It comes again, and is set aside then.
  if (unsent.size > 0) return false;
  const { id: messageId, receiveCount } = message;
  log.warn('message set aside', { messageId, firstMessageId: firstId(message), receiveCount, reason: told });
  metrics.count('EventsSetAside');
  return true;
}

const printable = (text: string) =>
  text
    .slice(0, MAX_REASON)
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ');

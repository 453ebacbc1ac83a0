import { deadLetterMessage, firstMessageId } from '../model/event-message.ts';
import type { QueueMessage } from '../model/queue-message.ts';
import type { Logger } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';

export interface DeadLetterPorts {
  readonly deadLetterQueue: MessageQueue;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Move a message to the dead-letter queue with the reason. Return whether it is there. */
export async function deadLetter(
  { deadLetterQueue, log, metrics }: DeadLetterPorts,
  message: QueueMessage,
  reason: string,
): Promise<boolean> {
  const printed = printable(reason);
  const unsent = await deadLetterQueue.send([deadLetterMessage(message, printed)]);
  // The message is received again, and dead-lettered then.
  if (unsent.size > 0) return false;
  const { id: messageId, receiveCount } = message;
  log.warn('message set aside', {
    messageId,
    firstMessageId: firstMessageId(message),
    receiveCount,
    reason: printed,
  });
  metrics.count('EventsSetAside');
  return true;
}

const MAX_REASON = 1000;

/** SQS accepts in an attribute only characters that XML allows. */
const printable = (text: string) =>
  text
    .slice(0, MAX_REASON)
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ');

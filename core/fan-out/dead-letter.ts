import { checkIn } from '../claim-check/claim-check.ts';
import { deadLetterMessage } from '../model/event-message.ts';
import { firstMessageId, type QueueMessage } from '../model/queue-message.ts';
import type { FanOutPorts } from './ports.ts';

/**
 * Move a message to the dead-letter queue with the reason. Return whether it is there. A body that does not fit beside the reason
 * gets a claim check in every write format: a function of version 0.1 would set such a letter aside again, and otherwise the
 * message would come back for days.
 */
export async function deadLetter(
  {
    deadLetterQueue,
    bodies,
    stackKey,
    log,
    metrics,
  }: Pick<FanOutPorts, 'deadLetterQueue' | 'bodies' | 'stackKey' | 'log' | 'metrics'>,
  message: QueueMessage,
  reason: string,
): Promise<boolean> {
  const printed = printable(reason);
  try {
    const fitting = await checkIn(bodies, message);
    const unsent = await deadLetterQueue.send([deadLetterMessage(fitting, printed, stackKey)]);
    // The message is received again, and dead-lettered then.
    if (unsent.size > 0) return false;
  } catch (error) {
    log.error('message not set aside', { messageId: message.id, reason: printed, error });
    return false;
  }
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

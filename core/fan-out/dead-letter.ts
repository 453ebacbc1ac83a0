import { checkIn } from '../claim-check/claim-check.ts';
import { deadLetterMessage } from '../model/event-message.ts';
import { firstMessageId, type QueueMessage } from '../model/queue-message.ts';
import type { FanOutPorts } from './ports.ts';

/** Move a message to the dead-letter queue with the reason. Return whether it is there. */
export async function deadLetter(
  {
    deadLetterQueue,
    bodies,
    stackKey,
    writeFormat,
    log,
    metrics,
  }: Pick<FanOutPorts, 'deadLetterQueue' | 'bodies' | 'stackKey' | 'writeFormat' | 'log' | 'metrics'>,
  message: QueueMessage,
  reason: string,
): Promise<boolean> {
  const printed = printable(reason);
  try {
    const fitting = writeFormat === 2 ? await checkIn(bodies, message) : message;
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

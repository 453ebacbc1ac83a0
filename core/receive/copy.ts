import { DAY_MS } from '../kernel/clock.ts';
import { jitter } from '../kernel/jitter.ts';
import {
  COPY_ATTRIBUTE,
  delayedCopy,
  LONGEST_DELAY_SECONDS,
  type OutgoingMessage,
  type QueueMessage,
} from '../model/queue-message.ts';

/** The delay of the first copy, which doubles with each fault up to what SQS allows. */
const FIRST_SECONDS = 10;
/** SQS keeps a message for 14 days at most, and so do we. */
const GIVEN_UP_AFTER_MS = 14 * DAY_MS;
/** The group of a message without one. */
const NO_GROUP = 'copies';

/**
 * Return the copy that takes the place of a message after a fault of ours. Return null if the faults have lasted for 14 days:
 * then SQS dead-letters the message itself.
 *
 * @param random a number from 0 to 1
 */
export function copyOf(message: QueueMessage, now: number, random: number): OutgoingMessage | null {
  const { groupId = NO_GROUP, sentAt, faults } = message;
  if (now - sentAt >= GIVEN_UP_AFTER_MS) return null;
  const seconds = Math.round(FIRST_SECONDS * 2 ** faults * jitter(random));
  const delaySeconds = Math.min(LONGEST_DELAY_SECONDS, seconds);
  return delayedCopy(message, { groupId, delaySeconds }, { [COPY_ATTRIBUTE.faults]: String(faults + 1) });
}

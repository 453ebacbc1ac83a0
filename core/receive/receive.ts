import type { Clock, Random } from '../kernel/clock.ts';
import type { QueueMessage, Unhandled } from '../model/queue-message.ts';
import type { Logger } from '../ports/logger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { Receipts } from '../ports/receipts.ts';
import { copyOf } from './copy.ts';

export interface ReceivePorts {
  readonly receipts: Receipts;
  /** Takes the copies of messages: the queue that they came from, or one with the same worker. */
  readonly copiesQueue: MessageQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/** A message that was received so often may have killed its worker. */
const SUSPICIOUS_RECEIVES = 3;
const [SHORTEST_SECONDS, LONGEST_SECONDS] = [5, 120];

/**
 * Handle a batch of messages. If one of them may kill its worker, only that one is handled, and the others come back at times
 * of their own, so that they do not die with it again. After a fault of ours, such as a throttled table, a delayed copy takes
 * the place of the message. So only crashes count as receives, after ten of which SQS dead-letters a message.
 *
 * @returns the ids of the messages that SQS must deliver again
 */
export async function receive(
  ports: ReceivePorts,
  messages: readonly QueueMessage[],
  handle: (messages: readonly QueueMessage[]) => Promise<readonly Unhandled[]>,
): Promise<string[]> {
  const suspects = messages.filter(({ receiveCount }) => receiveCount >= SUSPICIOUS_RECEIVES);
  const handled =
    suspects.length === 0 || messages.length === 1 ? messages : [mostSuspicious(ports, suspects)];
  const others = messages.filter((message) => !handled.includes(message));
  if (others.length > 0) await postpone(ports, handled, others);
  const unhandled = new Map((await handle(handled)).map(({ id, why }) => [id, why]));
  const faulty = handled.filter(({ id }) => unhandled.get(id) === 'fault');
  const replaced = new Set(await replaceByCopies(ports, faulty));
  return [...others.map(({ id }) => id), ...[...unhandled.keys()].filter((id) => !replaced.has(id))];
}

/** Return the message that was received most often. Among several it is drawn, so that a healthy one has its turn soon. */
function mostSuspicious({ random }: ReceivePorts, suspects: readonly QueueMessage[]): QueueMessage {
  const most = Math.max(...suspects.map(({ receiveCount }) => receiveCount));
  const candidates = suspects.filter(({ receiveCount }) => receiveCount === most);
  return candidates[Math.floor(random() * candidates.length) % candidates.length] as QueueMessage;
}

async function postpone(
  { receipts, random, log }: ReceivePorts,
  [handled]: readonly QueueMessage[],
  others: readonly QueueMessage[],
): Promise<void> {
  const { id: messageId, receiveCount } = handled as QueueMessage;
  log.warn('batch split', { messageId, receiveCount, postponed: others.length });
  const seconds = () => Math.round(SHORTEST_SECONDS + random() * (LONGEST_SECONDS - SHORTEST_SECONDS));
  await receipts.postpone(others.map(({ id }) => ({ id, seconds: seconds() })));
}

/** Send a delayed copy of each message. Return the ids of those that need not be received again. */
async function replaceByCopies(
  { copiesQueue, clock, random, log }: ReceivePorts,
  messages: readonly QueueMessage[],
): Promise<string[]> {
  const now = clock();
  const copies = messages.flatMap((message) => {
    const copy = copyOf(message, now, random());
    return copy === null ? [] : [{ id: message.id, copy }];
  });
  if (copies.length === 0) return [];
  const unsent = await copiesQueue.send(copies.map(({ copy }) => copy));
  const sent = copies.filter((_, index) => !unsent.has(index));
  const delaySeconds = Math.max(0, ...sent.map(({ copy }) => copy.delaySeconds ?? 0));
  log.warn('messages copied', { copied: sent.length, unsent: unsent.size, delaySeconds });
  return sent.map(({ id }) => id);
}

import type { OutgoingMessage } from '../../../core/model/queue-message.ts';
import type { MessageQueue } from '../../../core/ports/message-queue.ts';

const MOST_BYTES = 1_048_576;

/** Create a queue that keeps its messages in order. */
export function inMemoryQueue(): { queue: MessageQueue; sent: OutgoingMessage[] } {
  const sent: OutgoingMessage[] = [];
  return {
    sent,
    queue: {
      async send(messages) {
        const unsent = new Set<number>();
        for (const [index, message] of messages.entries()) {
          if (Buffer.byteLength(message.body) > MOST_BYTES) unsent.add(index);
          else sent.push(message);
        }
        return unsent;
      },
    },
  };
}

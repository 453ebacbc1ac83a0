import { pumpMessageText } from '../../model/pump-message.ts';
import type { MessageQueue, PumpQueue } from '../../ports/message-queue.ts';

/** Serialise pump messages for a queue. */
export const pumpQueue = (queue: MessageQueue): PumpQueue => ({
  send: (messages) =>
    queue.send(messages.map(({ message, ...rest }) => ({ body: pumpMessageText(message), ...rest }))),
});

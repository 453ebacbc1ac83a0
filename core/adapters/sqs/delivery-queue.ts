import { deliveryMessageText } from '../../model/delivery-message.ts';
import type { DeliveryQueue, MessageQueue } from '../../ports/message-queue.ts';

/** Serialise delivery messages for a queue. */
export const deliveryQueue = (queue: MessageQueue): DeliveryQueue => ({
  send: (messages) =>
    queue.send(messages.map(({ message, ...rest }) => ({ body: deliveryMessageText(message), ...rest }))),
});

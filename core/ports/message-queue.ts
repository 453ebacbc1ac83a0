import type { DeliveryMessage } from '../model/delivery-message.ts';
import type { PumpMessage } from '../model/pump-message.ts';
import type { OutgoingMessage } from '../model/queue-message.ts';

export interface Queue<Message> {
  /** Send in as few requests as possible. Return the indexes of the messages that could not be sent; never throw. */
  send(messages: readonly Message[]): Promise<ReadonlySet<number>>;
}

export type MessageQueue = Queue<OutgoingMessage>;

export interface OutgoingDelivery {
  readonly message: DeliveryMessage;
  /** The SQS message group, see {@link OutgoingMessage}. */
  readonly groupId: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
}

/** The deliveries queue or the retries queue: both carry delivery messages. */
export type DeliveryQueue = Queue<OutgoingDelivery>;

interface OutgoingPump {
  readonly message: PumpMessage;
  readonly groupId: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
}

export type PumpQueue = Queue<OutgoingPump>;

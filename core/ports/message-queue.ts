export interface OutgoingMessage {
  readonly body: string;
  /** SQS fair queues: one group's backlog does not delay the other groups'. */
  readonly groupId: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface MessageQueue {
  /** Sends in as few requests as may be. Answers the indexes of those that could not be sent; never throws. */
  send(messages: readonly OutgoingMessage[]): Promise<ReadonlySet<number>>;
}

/** A message as a queue worker gets it. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** When SQS took it, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** How often it has been received, this time included. */
  readonly receiveCount: number;
  /** String attributes only. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message to be sent to one of the queues. */
export interface OutgoingMessage {
  readonly body: string;
  /** The SQS message group: a fair queue keeps one group's backlog from delaying the other groups. */
  readonly groupId: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A message as a queue worker receives it. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** When SQS accepted it, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** How many times it has been received, including this time. */
  readonly receiveCount: number;
  /** String attributes only. */
  readonly attributes: Readonly<Record<string, string>>;
}

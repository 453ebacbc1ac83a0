/** A message of the pumps queue: a subscription's mailbox may have something to send. */
export interface PumpMessage {
  readonly project: string;
  readonly subscriptionId: string;
}

export const pumpMessageText = ({ project, subscriptionId }: PumpMessage): string =>
  JSON.stringify({ project, subscriptionId });

export const readPumpMessage = (body: string): PumpMessage => JSON.parse(body);

/** A message of the pumps queue: a subscription's mailbox may have something to send. */
export interface PumpMessage {
  readonly project: string;
  readonly subscriptionId: string;
}

export const pumpMessageText = ({ project, subscriptionId }: PumpMessage): string =>
  JSON.stringify({ project, subscriptionId });

/** @throws Error if our functions cannot have written it */
export function readPumpMessage(body: string): PumpMessage {
  const { project, subscriptionId } = JSON.parse(body);
  if (typeof project !== 'string' || typeof subscriptionId !== 'string')
    throw new Error('The message names no subscription.');
  return { project, subscriptionId };
}

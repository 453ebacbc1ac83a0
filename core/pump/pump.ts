import { newId } from '../kernel/ids.ts';
import { type PumpMessage, readPumpMessage } from '../model/pump-message.ts';
import type { QueueMessage, Unhandled } from '../model/queue-message.ts';
import { notHandled } from '../receive/not-handled.ts';
import type { PumpPorts } from './ports.ts';
import { PumpInvocation } from './pump-invocation.ts';
import { takeTurn } from './turn.ts';

/**
 * Run the pumps of some subscriptions side by side, for a turn each. Return the messages that were not handled because of a
 * fault of ours.
 *
 * @param until when every request must have ended, in milliseconds since the epoch; by default there is no such time
 */
export async function pump(
  ports: PumpPorts,
  messages: readonly QueueMessage[],
  until = Number.POSITIVE_INFINITY,
): Promise<Unhandled[]> {
  const invocation = new PumpInvocation(ports, until);
  try {
    const unhandled = await Promise.all(messages.map((message) => tryTurn(invocation, message)));
    await invocation.end();
    return unhandled.flat();
  } finally {
    invocation.sender.close();
  }
}

/** Take a subscription's turn. Return the message if it could not be taken. */
async function tryTurn(invocation: PumpInvocation, message: QueueMessage): Promise<Unhandled[]> {
  const { clock, log } = invocation.ports;
  let owner: PumpMessage;
  try {
    owner = readPumpMessage(message.body);
  } catch (error) {
    return notHandled(log, message, { why: 'never', error });
  }
  try {
    await takeTurn(invocation, { ...owner, holder: newId('pump', clock()) });
    return [];
  } catch (error) {
    return notHandled(log, message, { why: 'fault', ...owner, error });
  }
}

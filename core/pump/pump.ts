import { newId } from '../kernel/ids.ts';
import { readPumpMessage } from '../model/pump-message.ts';
import type { QueueMessage } from '../model/queue-message.ts';
import type { PumpPorts } from './ports.ts';
import { PumpInvocation } from './pump-invocation.ts';
import { takeTurn } from './turn.ts';

/**
 * Run the pumps of some subscriptions side by side, for a turn each. Return the ids of the messages that must be received
 * again because of a fault of ours.
 */
export async function pump(ports: PumpPorts, messages: readonly QueueMessage[]): Promise<string[]> {
  const invocation = new PumpInvocation(ports);
  try {
    const unhandled = await Promise.all(
      messages.map(async (message) => ((await tryTurn(invocation, message)) ? [] : [message.id])),
    );
    await invocation.flush();
    return unhandled.flat();
  } finally {
    invocation.sender.close();
  }
}

/** Take a subscription's turn. Return false if a fault of ours made it fail. */
async function tryTurn(invocation: PumpInvocation, message: QueueMessage): Promise<boolean> {
  const { id: messageId, receiveCount, body } = message;
  const { clock, log } = invocation.ports;
  let ids: object = {};
  try {
    const { project, subscriptionId } = readPumpMessage(body);
    ids = { project, subscriptionId };
    await takeTurn(invocation, { project, subscriptionId, holder: newId('pump', clock()) });
    return true;
  } catch (error) {
    log.error('message not handled', { messageId, receiveCount, ...ids, error });
    return false;
  }
}

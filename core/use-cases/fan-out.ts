import { MAX_RECEIVES } from '../contract.ts';
import { RequestError } from '../domain/errors.ts';
import type { Log, QueueMessage } from '../ports.ts';
import { type AcceptEventDependencies, acceptEvent } from './accept-event.ts';
import {
  continueFanOut,
  isContinuation,
  type SendDeliveriesDependencies,
  sendDeliveries,
} from './send-deliveries.ts';
import { type SetAsideDependencies, setAside } from './set-aside.ts';

export type FanOutDependencies = AcceptEventDependencies &
  SendDeliveriesDependencies &
  SetAsideDependencies & { readonly log: Log };

/**
 * Turns each message of the events queue into one delivery for each subscription that wants it. Answers the ids of
 * the messages that must come again; one of these is our fault, never the publisher's.
 */
export function fanOut(dependencies: FanOutDependencies) {
  return async (messages: readonly QueueMessage[]): Promise<string[]> => {
    const handled = await Promise.all(messages.map((message) => handle(dependencies, message)));
    return messages.filter((_, index) => !handled[index]).map(({ id }) => id);
  };
}

const UNHANDLED = 'The event could not be fanned out; the function’s log says why.';

/** Answers whether the message is done with. */
async function handle(dependencies: FanOutDependencies, message: QueueMessage): Promise<boolean> {
  // Its last handling ended without a word, or it could not be set aside then.
  if (message.receiveCount > MAX_RECEIVES) return setAside(dependencies, message, UNHANDLED);
  try {
    await fanOutOne(dependencies, message);
    return true;
  } catch (error) {
    // What can never be understood would only fail five times.
    if (error instanceof RequestError) return setAside(dependencies, message, error.message);
    const { id: messageId, receiveCount } = message;
    dependencies.log.error('message not handled', { messageId, receiveCount, error });
    if (message.receiveCount < MAX_RECEIVES) return false;
    return setAside(dependencies, message, UNHANDLED);
  }
}

async function fanOutOne(dependencies: FanOutDependencies, message: QueueMessage): Promise<void> {
  const { clock, log, metrics } = dependencies;
  const startedAt = clock();
  const step = isContinuation(message)
    ? await continueFanOut(dependencies, message)
    : await acceptAndSend(dependencies, message);
  if (step === null) return;
  const { event, deliveries, isContinued } = step;
  log.info('event fanned out', {
    project: event.project,
    eventId: event.id,
    eventType: event.type,
    messageId: message.id,
    deliveries,
    follows: isContinued ? 'continued' : 'nothing',
    durationMs: clock() - startedAt,
    sinceAcceptedMs: clock() - Date.parse(event.acceptedAt),
  });
  metrics.count('DeliveriesCreated', deliveries);
}

async function acceptAndSend(dependencies: FanOutDependencies, message: QueueMessage) {
  const event = await acceptEvent(dependencies, message);
  return event === null ? null : sendDeliveries(dependencies, event);
}

import type { QueueMessage, Unhandled } from '../model/queue-message.ts';
import type { Logger } from '../ports/logger.ts';

/** Log that a message was not handled, with the ids that are known of its content. Return it for {@link receive}. */
export function notHandled(
  log: Logger,
  { id, receiveCount }: QueueMessage,
  { why, error, ...ids }: { readonly why: Unhandled['why']; readonly error: unknown },
): Unhandled[] {
  log.error('message not handled', { messageId: id, receiveCount, ...ids, error });
  return [{ id, why }];
}

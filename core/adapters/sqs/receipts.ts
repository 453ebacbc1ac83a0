import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Logger } from '../../ports/logger.ts';
import type { Receipts } from '../../ports/receipts.ts';

/** SQS takes so many entries per request; a batch of Lambda's has no more. */
const MAX_ENTRIES = 10;

/** @param handles the receipt handles of the batch's messages, by message id */
export function receiptsOf(
  client: SQSClient,
  queueUrl: string,
  handles: ReadonlyMap<string, string>,
  log: Logger,
): Receipts {
  const queue = queueUrl.split('/').at(-1);
  const inRequests = async <Message>(
    what: string,
    messages: readonly Message[],
    send: (some: readonly Message[]) => Promise<unknown>,
  ) => {
    for (let from = 0; from < messages.length; from += MAX_ENTRIES) {
      const some = messages.slice(from, from + MAX_ENTRIES);
      try {
        await send(some);
      } catch (error) {
        log.warn(what, { queue, count: some.length, error });
      }
    }
  };
  const entryOf = (id: string, index: number) => ({ Id: String(index), ReceiptHandle: handles.get(id) });
  return {
    delete: (ids) =>
      inRequests('messages not deleted', ids, (some) =>
        client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: some.map(entryOf) })),
      ),
    postpone: (messages) =>
      inRequests('messages not postponed', messages, (some) => {
        const Entries = some.map(({ id, seconds }, index) => ({
          ...entryOf(id, index),
          VisibilityTimeout: seconds,
        }));
        return client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
      }),
  };
}

import { sqsRequests } from './billing.ts';
import type { Call } from './meter.ts';

/** A billable request to a queue. */
export interface QueueRequest {
  readonly queue: string;
  readonly action: 'sent' | 'received' | 'deleted';
  readonly requests: number;
  /** Whether the request concerns messages with a message group, for which SQS charges the fair queue surcharge. */
  readonly isFair: boolean;
}

interface Message {
  readonly MessageBody?: string;
  readonly Body?: string;
  readonly MessageAttributes?: Readonly<Record<string, { DataType: string; StringValue?: string }>>;
  readonly MessageGroupId?: string;
  /** Id of an entry in a batch request and its response. */
  readonly Id?: string;
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
}

interface Body extends Message {
  readonly QueueUrl?: string;
  readonly Entries?: readonly Message[];
}

interface Response extends Message {
  readonly Messages?: readonly Message[];
  readonly Successful?: readonly Message[];
}

/**
 * Classifies requests to SQS, which must be read in their order: whether a received or deleted message has a message
 * group is known only from the request that sent it.
 */
export class QueueRequests {
  /** Ids and receipts of messages with a message group. */
  readonly #fair = new Set<string | undefined>();

  /** Return null for a request without messages, such as an empty receive, and for one that only reads attributes. */
  read({ operation, ...call }: Pick<Call, 'operation' | 'body' | 'response'>): QueueRequest | null {
    const body = call.body as Body;
    const response = call.response as Response;
    const queue = String(body.QueueUrl).split('/').at(-1) ?? '';
    const entries = body.Entries ?? [body];
    if (operation.startsWith('SendMessage'))
      return { queue, action: 'sent', ...this.#sent(entries, response) };
    if (operation === 'ReceiveMessage') {
      const { Messages = [] } = response;
      return Messages.length === 0 ? null : { queue, action: 'received', ...this.#received(Messages) };
    }
    if (!operation.startsWith('DeleteMessage')) return null;
    const fair = entries.filter(({ ReceiptHandle }) => this.#fair.delete(ReceiptHandle));
    return { queue, action: 'deleted', requests: 1, isFair: fair.length > 0 };
  }

  #sent(messages: readonly Message[], response: Response) {
    const fair = new Set(messages.filter(({ MessageGroupId }) => MessageGroupId !== undefined));
    const ids = new Set([...fair].map(({ Id }) => Id));
    const results = response.Successful ?? [response];
    for (const { Id, MessageId } of results) if (ids.has(Id)) this.#fair.add(MessageId);
    return { requests: sqsRequests(sizeOf(messages)), isFair: fair.size > 0 };
  }

  #received(messages: readonly Message[]) {
    const fair = messages.filter(({ MessageId }) => this.#fair.has(MessageId));
    for (const { ReceiptHandle } of fair) this.#fair.add(ReceiptHandle);
    return { requests: sqsRequests(sizeOf(messages)), isFair: fair.length > 0 };
  }
}

const sizeOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, message) => sum + bytesOf(message), 0);

/** Return the size of a message: its body and the names, types and values of its attributes. */
function bytesOf({ MessageBody, Body, MessageAttributes = {} }: Message): number {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue = '' }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [MessageBody ?? Body ?? '', ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

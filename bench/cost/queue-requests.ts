import { sqsRequests } from './billing.ts';
import type { Call } from './meter.ts';

/** A request to a queue, as it is billed. */
export interface QueueRequest {
  readonly queue: string;
  readonly action: 'sent' | 'received' | 'deleted';
  readonly requests: number;
  /** It is about messages with a group, for which fair queues cost more. */
  readonly isFair: boolean;
}

interface Message {
  readonly MessageBody?: string;
  readonly Body?: string;
  readonly MessageAttributes?: Readonly<Record<string, { DataType: string; StringValue?: string }>>;
  readonly MessageGroupId?: string;
  readonly Attributes?: { readonly MessageGroupId?: string };
  readonly ReceiptHandle?: string;
}

interface Body extends Message {
  readonly QueueUrl?: string;
  readonly Entries?: readonly Message[];
}

/** Reads requests to SQS in their order: whether a deletion is of messages with a group is known from their receipt. */
export class QueueRequests {
  readonly #fairReceipts = new Set<string>();

  /** Null for what carries no message, such as an empty receive, and for what only looks at a queue. */
  read({ operation, ...call }: Pick<Call, 'operation' | 'body' | 'answer'>): QueueRequest | null {
    const body = call.body as Body;
    const queue = String(body.QueueUrl).split('/').at(-1) ?? '';
    const given = body.Entries ?? [body];
    if (operation.startsWith('SendMessage')) return { queue, action: 'sent', ...billed(given) };
    if (operation === 'ReceiveMessage') {
      const { Messages = [] } = call.answer as { readonly Messages?: readonly Message[] };
      for (const message of Messages.filter(isFair)) this.#fairReceipts.add(message.ReceiptHandle ?? '');
      return Messages.length === 0 ? null : { queue, action: 'received', ...billed(Messages) };
    }
    if (!operation.startsWith('DeleteMessage')) return null;
    const fair = given.filter(({ ReceiptHandle = '' }) => this.#fairReceipts.delete(ReceiptHandle));
    return { queue, action: 'deleted', requests: 1, isFair: fair.length > 0 };
  }
}

const isFair = ({ MessageGroupId, Attributes }: Message): boolean =>
  (MessageGroupId ?? Attributes?.MessageGroupId) !== undefined;

function billed(messages: readonly Message[]) {
  const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
  return { requests: sqsRequests(bytes), isFair: messages.some(isFair) };
}

/** A message's size is that of its body and of its attributes' names, types and values. */
function bytesOf({ MessageBody, Body, MessageAttributes = {} }: Message): number {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue = '' }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [MessageBody ?? Body ?? '', ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

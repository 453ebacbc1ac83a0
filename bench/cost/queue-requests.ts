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
  /** Of an entry of a batch, and of its answer. */
  readonly Id?: string;
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
}

interface Body extends Message {
  readonly QueueUrl?: string;
  readonly Entries?: readonly Message[];
}

interface Answer extends Message {
  readonly Messages?: readonly Message[];
  readonly Successful?: readonly Message[];
}

/** Reads requests to SQS in their order: whether messages that are received or deleted have a group is known from before. */
export class QueueRequests {
  /** Ids of messages with a group, and receipts. */
  readonly #fair = new Set<string | undefined>();

  /** Null for what carries no message, such as an empty receive, and for what only looks at a queue. */
  read({ operation, ...call }: Pick<Call, 'operation' | 'body' | 'answer'>): QueueRequest | null {
    const body = call.body as Body;
    const answer = call.answer as Answer;
    const queue = String(body.QueueUrl).split('/').at(-1) ?? '';
    const given = body.Entries ?? [body];
    if (operation.startsWith('SendMessage')) return { queue, action: 'sent', ...this.#sent(given, answer) };
    if (operation === 'ReceiveMessage') {
      const { Messages = [] } = answer;
      return Messages.length === 0 ? null : { queue, action: 'received', ...this.#received(Messages) };
    }
    if (!operation.startsWith('DeleteMessage')) return null;
    const fair = given.filter(({ ReceiptHandle }) => this.#fair.delete(ReceiptHandle));
    return { queue, action: 'deleted', requests: 1, isFair: fair.length > 0 };
  }

  #sent(messages: readonly Message[], answer: Answer) {
    const fair = new Set(messages.filter(({ MessageGroupId }) => MessageGroupId !== undefined));
    const ids = new Set([...fair].map(({ Id }) => Id));
    const answers = answer.Successful ?? [answer];
    for (const { Id, MessageId } of answers) if (ids.has(Id)) this.#fair.add(MessageId);
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

/** A message's size is that of its body and of its attributes' names, types and values. */
function bytesOf({ MessageBody, Body, MessageAttributes = {} }: Message): number {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue = '' }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [MessageBody ?? Body ?? '', ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

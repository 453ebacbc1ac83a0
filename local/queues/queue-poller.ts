import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { type QueueEngine, SOON_SECONDS } from '../engines/fauxqs.ts';
import { messageOf } from '../errors.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { Log } from '../settings.ts';
import { failedMessageIds } from './batch-response.ts';
import type { EventSource } from './event-source.ts';
import { sqsEvent } from './sqs-event.ts';

/** SQS receives, deletes and changes at most this many messages per request. */
const REQUEST_SIZE = 10;

/**
 * How long a receive waits for a message, and so how long a stop may take: a receive is never aborted, because the
 * engine would not notice, and the next message would be lost until its visibility timeout.
 */
const POLL_SECONDS = 1;

const PAUSE_AFTER_FAULT_MS = 500;

interface Batch {
  readonly messages: readonly Message[];
  /** When the poller began to receive them, in milliseconds since the epoch. */
  readonly since: number;
}

type Queues = Pick<QueueEngine, 'client' | 'deadlines'>;

/** Invokes a function with the messages of a queue, in as many loops as the event source's concurrency. */
export class QueuePoller {
  readonly #source: EventSource;
  readonly #queues: Queues;
  readonly #functions: Pick<FunctionHost, 'invoke'>;
  readonly #log: Log;
  #loops: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(source: EventSource, queues: Queues, functions: Pick<FunctionHost, 'invoke'>, log: Log) {
    this.#source = source;
    this.#queues = queues;
    this.#functions = functions;
    this.#log = log;
  }

  start(): void {
    this.#loops = Promise.all(Array.from({ length: this.#source.concurrency }, () => this.#loop()));
  }

  /** Receive no further messages, and wait for the invocations in progress. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#loops;
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      try {
        const batch = await this.#inTurn(async () => ({
          since: Date.now(),
          messages: await this.#receiveAll(),
        }));
        if (batch.messages.length > 0) await this.#process(batch);
      } catch (error) {
        // The queue has failed and not the function: continue, so that a temporary fault does not stop the poller.
        this.#log(`Polling ${this.#source.queueUrl} failed: ${messageOf(error)}`);
        await sleep(PAUSE_AFTER_FAULT_MS);
      }
    }
  }

  /**
   * Let only one loop receive at a time, because as many long polls as loops would keep this thread busy for nothing.
   */
  #inTurn<Result>(receive: () => Promise<Result>): Promise<Result> {
    const turn = this.#receiving.then(receive);
    this.#receiving = turn.catch(() => {});
    return turn;
  }

  async #receiveAll(): Promise<Message[]> {
    if (this.#stopping) return [];
    const { batchSize, windowSeconds } = this.#source;
    const messages = await this.#receive(Math.min(batchSize, REQUEST_SIZE), POLL_SECONDS);
    const closesAt = Date.now() + windowSeconds * 1000;
    while (messages.length > 0 && messages.length < batchSize && Date.now() < closesAt && !this.#stopping) {
      const missing = Math.min(batchSize - messages.length, REQUEST_SIZE);
      messages.push(...(await this.#receive(missing, POLL_SECONDS)));
    }
    return messages;
  }

  async #receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { Messages = [] } = await this.#queues.client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#source.queueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: this.#source.visibilitySeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  }

  async #process({ messages, since }: Batch): Promise<void> {
    const failed = await this.#invoke(messages);
    const isFailed = ({ MessageId }: Message) => failed.has(MessageId ?? '');
    await this.#delete(messages.filter((message) => !isFailed(message)));
    await this.#makeVisible(await this.#notPostponed({ messages: messages.filter(isFailed), since }));
  }

  /** Return the messages that become visible when the queue says, and not sooner because the function said so. */
  async #notPostponed({ messages, since }: Batch): Promise<readonly Message[]> {
    if (messages.length === 0) return [];
    const { queueUrl } = this.#source;
    const deadlines = this.#queues.deadlines(queueUrl);
    const ofQueue = since + (await this.#visibilityMs());
    return messages.filter(({ ReceiptHandle = '' }) => (deadlines.get(ReceiptHandle) ?? ofQueue) >= ofQueue);
  }

  async #visibilityMs(): Promise<number> {
    const { Attributes } = await this.#queues.client.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.#source.queueUrl,
        AttributeNames: ['VisibilityTimeout'],
      }),
    );
    return Number(Attributes?.VisibilityTimeout) * 1000;
  }

  async #invoke(messages: readonly Message[]): Promise<Set<string>> {
    const { functionName, queueArn, reportsFailures } = this.#source;
    const ids = messages.map(({ MessageId }) => MessageId ?? '');
    try {
      const response = await this.#functions.invoke(functionName, sqsEvent(messages, queueArn));
      return reportsFailures ? failedMessageIds(response, ids) : new Set();
    } catch (error) {
      this.#log(`${functionName} failed with ${messages.length} records: ${messageOf(error)}`);
      return new Set(ids);
    }
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    for (const entries of entriesOf(messages)) {
      const { Failed = [] } = await this.#queues.client.send(
        new DeleteMessageBatchCommand({ QueueUrl: this.#source.queueUrl, Entries: entries }),
      );
      this.#report('deleted', Failed);
    }
  }

  /**
   * Make failed messages visible again at once. On AWS they stay invisible until their visibility timeout ends, which
   * is six times the function's timeout; a developer would not want to wait minutes for the next attempt.
   */
  async #makeVisible(messages: readonly Message[]): Promise<void> {
    for (const entries of entriesOf(messages)) {
      const { Failed = [] } = await this.#queues.client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: this.#source.queueUrl,
          Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: SOON_SECONDS })),
        }),
      );
      this.#report('made visible again', Failed);
    }
  }

  #report(what: string, failed: readonly { Code?: string | undefined }[]): void {
    if (failed.length === 0) return;
    this.#log(
      `${failed.length} messages of ${this.#source.queueUrl} could not be ${what}: ${failed[0]?.Code}`,
    );
  }
}

function* entriesOf(messages: readonly Message[]) {
  for (let start = 0; start < messages.length; start += REQUEST_SIZE) {
    yield messages
      .slice(start, start + REQUEST_SIZE)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { SOON_SECONDS } from '../engines/fauxqs.ts';
import { messageOf } from '../errors.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { Log } from '../settings.ts';
import { failedMessageIds } from './batch-response.ts';
import type { EventSource } from './event-source.ts';
import { sqsEvent } from './sqs-event.ts';

/** SQS hands out, deletes and changes at most this many messages in one request. */
const REQUEST_SIZE = 10;

/**
 * How long a receive waits for a message. Polls are never aborted: the engine would not notice, and would hand the
 * next message to nobody, out of sight until its visibility timeout. So this is also how long a stop may take.
 */
const POLL_SECONDS = 1;

const PAUSE_AFTER_FAULT_MS = 500;

/** Feeds a function from a queue, in as many loops as the event source may run copies of the function. */
export class QueuePoller {
  readonly #source: EventSource;
  readonly #client: SQSClient;
  readonly #functions: Pick<FunctionHost, 'invoke'>;
  readonly #log: Log;
  #loops: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(source: EventSource, client: SQSClient, functions: Pick<FunctionHost, 'invoke'>, log: Log) {
    this.#source = source;
    this.#client = client;
    this.#functions = functions;
    this.#log = log;
  }

  start(): void {
    this.#loops = Promise.all(Array.from({ length: this.#source.concurrency }, () => this.#loop()));
  }

  /** Receives nothing further, and waits for the batches that are being worked on. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#loops;
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      try {
        const batch = await this.#inTurn(() => this.#receiveBatch());
        if (batch.length > 0) await this.#work(batch);
      } catch (error) {
        // The queue's fault, not the function's: say so and go on, or a hiccup would end the worker for good.
        this.#log(`Working off ${this.#source.queueUrl} failed: ${messageOf(error)}`);
        await sleep(PAUSE_AFTER_FAULT_MS);
      }
    }
  }

  /** One loop waits for messages at a time: as many long polls as loops would keep this thread busy with nothing. */
  #inTurn<Result>(receive: () => Promise<Result>): Promise<Result> {
    const turn = this.#receiving.then(receive);
    this.#receiving = turn.catch(() => {});
    return turn;
  }

  async #receiveBatch(): Promise<Message[]> {
    if (this.#stopping) return [];
    const { batchSize, windowSeconds } = this.#source;
    const batch = await this.#receive(Math.min(batchSize, REQUEST_SIZE), POLL_SECONDS);
    const closesAt = Date.now() + windowSeconds * 1000;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < closesAt && !this.#stopping) {
      batch.push(...(await this.#receive(Math.min(batchSize - batch.length, REQUEST_SIZE), POLL_SECONDS)));
    }
    return batch;
  }

  async #receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#source.queueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  }

  async #work(batch: readonly Message[]): Promise<void> {
    const failed = await this.#invoke(batch);
    const isFailed = ({ MessageId }: Message) => failed.has(MessageId ?? '');
    await this.#delete(batch.filter((message) => !isFailed(message)));
    await this.#giveBack(batch.filter(isFailed));
  }

  async #invoke(batch: readonly Message[]): Promise<Set<string>> {
    const { functionName, queueArn, reportsFailures } = this.#source;
    const ids = batch.map(({ MessageId }) => MessageId ?? '');
    try {
      const response = await this.#functions.invoke(functionName, sqsEvent(batch, queueArn));
      return reportsFailures ? failedMessageIds(response, ids) : new Set();
    } catch (error) {
      this.#log(`${functionName} failed on a batch of ${batch.length}: ${messageOf(error)}`);
      return new Set(ids);
    }
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    for (const entries of entriesOf(messages)) {
      const { Failed = [] } = await this.#client.send(
        new DeleteMessageBatchCommand({ QueueUrl: this.#source.queueUrl, Entries: entries }),
      );
      this.#report('deleted', Failed);
    }
  }

  /**
   * On AWS a message that failed stays out of sight until its visibility timeout ends, which is six times the
   * function's timeout. Here it comes back at once: nobody wants to wait minutes for the next try.
   */
  async #giveBack(messages: readonly Message[]): Promise<void> {
    for (const entries of entriesOf(messages)) {
      const { Failed = [] } = await this.#client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: this.#source.queueUrl,
          Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: SOON_SECONDS })),
        }),
      );
      this.#report('given back', Failed);
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

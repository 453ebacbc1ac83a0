import { ProvisionedThroughputExceededException, ThrottlingException } from '@aws-sdk/client-dynamodb';
import type { BatchResultErrorEntry, SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { BatchWriteCommandInput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Random } from '../simulation/random.ts';

/** The probability of each fault, from 0 to 1. */
export interface FaultRates {
  /** DynamoDB rejects a request until the client gives up. */
  readonly throttled: number;
  /** BatchWriteItem leaves an item unprocessed. */
  readonly unprocessed: number;
  /** SendMessageBatch returns an entry as `Failed`. */
  readonly unsent: number;
  /** SQS cannot be reached. */
  readonly unreachable: number;
  /** The request is carried out but its response is lost, so the client retries it. */
  readonly answerLost: number;
}

type FaultName = keyof FaultRates;

/** The part of the clients' middleware stacks that is used here. Their own types differ by client. */
interface Stack {
  add(middleware: Middleware, options: { step: string; priority: string; name: string }): void;
}
type Middleware = (next: Handler, context: { commandName?: string }) => Handler;
// biome-ignore lint/suspicious/noExplicitAny: each command's own.
type Handler = (args: { input: any }) => Promise<{ output: any; response: unknown }>;

const METADATA = { $metadata: {} };

/** Injects faults of AWS, which the embedded engines never have, into the SDK's clients by seeded chance. */
export class Faults {
  /** The number of injected faults by name, such as `PutItem throttled`. */
  readonly counts = new Map<string, number>();
  readonly #random: Random;
  readonly #rates: FaultRates;
  #paused = 0;

  constructor(random: Random, rates: FaultRates) {
    this.#random = random;
    this.#rates = rates;
  }

  ofTable(client: DynamoDBDocumentClient): void {
    this.#addTo(client.middlewareStack as unknown as Stack, (args, next, command) => {
      if (this.#happens('throttled', command)) throw this.#throttling();
      return command === 'BatchWriteItem' ? this.#writeBatch(args, next) : next(args);
    });
  }

  ofQueues(client: SQSClient): void {
    this.#addTo(client.middlewareStack as unknown as Stack, (args, next, command) => {
      if (this.#happens('unreachable', command)) throw networkError('connect ECONNREFUSED');
      return command === 'SendMessageBatch' ? this.#sendBatch(args, next) : next(args);
    });
  }

  /** Run a function without faults. */
  async pausedFor<Result>(look: () => Promise<Result>): Promise<Result> {
    this.#paused++;
    try {
      return await look();
    } finally {
      this.#paused--;
    }
  }

  #addTo(
    stack: Stack,
    fault: (args: Parameters<Handler>[0], next: Handler, command: string) => ReturnType<Handler>,
  ): void {
    // Outside of the client's retries, which would hide these faults from our code.
    stack.add((next, context) => async (args) => fault(args, next, commandOf(context)), {
      step: 'serialize',
      priority: 'high',
      name: 'faults',
    });
    // Inside of the client's retries, because a lost response matters only through the retry that follows.
    stack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (this.#happens('answerLost', commandOf(context))) throw networkError('read ECONNRESET');
        return answer;
      },
      { step: 'deserialize', priority: 'high', name: 'lostAnswers' },
    );
  }

  #happens(fault: FaultName, command: string): boolean {
    if (this.#paused > 0 || !this.#random.chance(this.#rates[fault])) return false;
    const name = `${command} ${fault}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return true;
  }

  #throttling(): Error {
    const message = 'The level of configured provisioned throughput for the table was exceeded.';
    return this.#random.chance(0.5)
      ? new ProvisionedThroughputExceededException({ message, ...METADATA })
      : new ThrottlingException({ message, ...METADATA });
  }

  async #writeBatch(args: { input: BatchWriteCommandInput }, next: Handler): ReturnType<Handler> {
    const [[table, requests] = ['', []]] = Object.entries(args.input.RequestItems ?? {});
    const [left, taken] = this.#split(requests, 'unprocessed', 'BatchWriteItem');
    if (left.length === 0) return next(args);
    const answer =
      taken.length === 0
        ? { output: METADATA, response: {} }
        : await next({ ...args, input: { ...args.input, RequestItems: { [table]: taken } } });
    return { ...answer, output: { ...answer.output, UnprocessedItems: { [table]: left } } };
  }

  async #sendBatch(args: { input: SendMessageBatchCommandInput }, next: Handler): ReturnType<Handler> {
    const [left, taken] = this.#split(args.input.Entries ?? [], 'unsent', 'SendMessageBatch');
    if (left.length === 0) return next(args);
    const answer =
      taken.length === 0
        ? { output: { ...METADATA, Successful: [] }, response: {} }
        : await next({ ...args, input: { ...args.input, Entries: taken } });
    const Failed = left.map(
      ({ Id }): BatchResultErrorEntry => ({ Id, Code: 'InternalError', SenderFault: false }),
    );
    return { ...answer, output: { ...answer.output, Failed: [...(answer.output.Failed ?? []), ...Failed] } };
  }

  #split<Entry>(entries: readonly Entry[], fault: FaultName, command: string): [Entry[], Entry[]] {
    const left: Entry[] = [];
    const taken: Entry[] = [];
    for (const entry of entries) (this.#happens(fault, command) ? left : taken).push(entry);
    return [left, taken];
  }
}

const commandOf = ({ commandName = '' }: { commandName?: string }) => commandName.replace(/Command$/, '');

function networkError(message: string): Error {
  return Object.assign(new Error(message), { code: message.split(' ')[1] });
}

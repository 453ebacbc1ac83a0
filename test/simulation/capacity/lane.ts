import type { QueueMessage } from '../../../core/model/queue-message.ts';
import type { Random } from '../random.ts';
import type { BatchedTime } from './batched-time.ts';
import type { FairQueue } from './fair-queue.ts';
import { FunctionCopy } from './function-copy.ts';

/** Lets a function delete or postpone single messages before its invocation ends. */
export interface Receipts {
  /** Delete a message that is handled: until then it counts as in flight for its group. */
  delete(id: string): void;
  /** Let a message be received again after a time, instead of the visibility timeout. */
  postpone(id: string, ms: number): void;
}

/** Handle messages, and return the ids of those to be received again. */
export type Handler = (messages: readonly QueueMessage[], receipts: Receipts) => Promise<string[]>;

export interface LaneOptions {
  readonly queue: FairQueue;
  readonly batchSize: number;
  /** The most copies that run at once. */
  readonly concurrency: number;
  /** The copies that exist from the start, to be counted on by scenarios about what each copy knows. */
  readonly warm?: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** The probability that an invocation dies. */
  readonly dies: number;
  /** The largest number of calls after which an invocation that dies does so. @default 20 */
  readonly mostCalls?: number;
  /** Create the function in a new copy. */
  readonly create: (copy: FunctionCopy) => Handler;
}

/** AWS recommends a visibility timeout of six times the function's timeout, and the stack follows it. */
const VISIBLE_AFTER_TIMEOUTS = 6;
/** A poller and the start of an invocation take so long. */
const RECEIVE_MS = 10;
const COLD_START_MS = 300;
/** A copy that idled longer may be thrown away. */
const KEPT_MS = 5 * 60_000;

interface Instance {
  readonly copy: FunctionCopy;
  readonly handle: Handler;
  idleSince: number;
}

/**
 * A queue's event source mapping: batches of messages for a bounded number of function copies. An invocation ends with its
 * slowest message. One that takes too long, or dies, leaves its messages to be received again after the visibility timeout.
 */
export class Lane {
  invocations = 0;
  readonly #time: BatchedTime;
  readonly #random: Random;
  readonly #options: LaneOptions;
  readonly #idle: Instance[] = [];
  #busy = 0;
  #isPolling = false;

  constructor(time: BatchedTime, random: Random, options: LaneOptions) {
    this.#time = time;
    this.#random = random;
    this.#options = options;
    for (let n = 0; n < (options.warm ?? 0); n++) this.#idle.push(this.#start());
    options.queue.onVisible = () => this.#poll();
  }

  readonly #receipts: Receipts = {
    delete: (id) => this.#options.queue.delete(id),
    postpone: (id, ms) => this.#options.queue.release(id, this.#time.now + ms),
  };

  #start(): Instance {
    const copy = new FunctionCopy(this.#time, this.#options.memoryMb);
    return { copy, handle: this.#options.create(copy), idleSince: this.#time.now };
  }

  #poll(): void {
    if (this.#isPolling || this.#busy >= this.#options.concurrency) return;
    this.#isPolling = true;
    this.#time.at(this.#time.now + RECEIVE_MS, () => {
      this.#isPolling = false;
      this.#receive();
    });
  }

  #receive(): void {
    const { queue, concurrency, batchSize } = this.#options;
    while (this.#busy < concurrency) {
      const messages = queue.receive(batchSize);
      if (messages.length === 0) return;
      this.#busy++;
      void this.#invoke(messages);
    }
  }

  async #invoke(messages: readonly QueueMessage[]): Promise<void> {
    const { queue, timeoutMs, dies, mostCalls = 20 } = this.#options;
    const visibleAt = this.#time.now + VISIBLE_AFTER_TIMEOUTS * timeoutMs;
    this.invocations++;
    const warm = this.#take();
    if (warm === undefined) await this.#time.sleep(COLD_START_MS);
    const instance = warm ?? this.#start();
    const { copy, handle } = instance;
    const death = copy.begin(this.#random, dies, mostCalls);
    const timeout = this.#time.at(this.#time.now + timeoutMs, () => copy.kill());
    const again = await Promise.race([handle(messages, this.#receipts), death]);
    timeout.cancel();
    copy.end();
    this.#busy--;
    for (const { id } of messages)
      if (again === null || copy.isDead || again.includes(id)) queue.release(id, visibleAt);
      else queue.delete(id);
    if (!copy.isDead) {
      instance.idleSince = this.#time.now;
      this.#idle.push(instance);
    }
    if (queue.visible > 0) this.#poll();
  }

  /** Take any idle copy: nobody chooses the one that knows most. */
  #take(): Instance | undefined {
    while (this.#idle.length > 0) {
      const [taken] = this.#idle.splice(this.#random.integer(this.#idle.length), 1);
      if (taken !== undefined && this.#time.now - taken.idleSince < KEPT_MS) return taken;
    }
    return undefined;
  }
}

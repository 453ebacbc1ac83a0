import { MAX_RECEIVES } from '../../core/contract.ts';
import { type OutgoingMessage, type QueueMessage, toQueueMessage } from '../../core/model/queue-message.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Held {
  readonly id: string;
  readonly message: OutgoingMessage;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
}

/**
 * A queue that behaves as badly as SQS may: it delivers messages in any order and sometimes twice, rejects some entries, and
 * delivers messages again after the visibility timeout unless they were deleted.
 */
export class SimulatedQueue implements MessageQueue {
  readonly deadLetters: OutgoingMessage[] = [];
  #held: Held[] = [];
  #sent = 0;
  readonly #waiting: { earliest: number; run: () => void }[] = [];
  readonly #name: string;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #faults: { readonly unsent: number; readonly twice: number };
  readonly #visibilityMs: number;
  readonly #trace: Trace;

  constructor(
    name: string,
    time: VirtualTime,
    random: Random,
    faults: { unsent: number; twice: number },
    visibilityMs: number,
    trace: Trace,
  ) {
    this.#name = name;
    this.#time = time;
    this.#random = random;
    this.#faults = faults;
    this.#visibilityMs = visibilityMs;
    this.#trace = trace;
  }

  get size(): number {
    return this.#held.length;
  }

  async send(messages: readonly OutgoingMessage[]): Promise<ReadonlySet<number>> {
    const unsent = new Set<number>();
    for (const [index, message] of messages.entries()) {
      if (this.#random.chance(this.#faults.unsent)) unsent.add(index);
      else this.put(message);
    }
    return unsent;
  }

  /** Return its dead letters as a queue, for a function that dead-letters messages itself. */
  asDeadLetterQueue(): MessageQueue {
    return {
      send: async (messages) => {
        for (const message of messages) this.#trace.note('dead letter', this.#name, message);
        this.deadLetters.push(...messages);
        return new Set();
      },
    };
  }

  put(message: OutgoingMessage): void {
    this.#trace.note('sent', this.#name, message);
    const { now } = this.#time;
    const visibleAt = now + (message.delaySeconds ?? 0) * 1000;
    this.#held.push({
      id: `${this.#name}-${this.#sent++}`,
      message,
      sentAt: now,
      visibleAt,
      receiveCount: 0,
    });
    for (const { earliest, run } of this.#waiting.splice(0)) this.whenVisible(earliest, run);
  }

  /** Receive up to `most` messages, and hide them for the visibility timeout. A message received too often is dead-lettered. */
  receive(most: number): QueueMessage[] {
    const received: QueueMessage[] = [];
    while (received.length < most) {
      const visible = this.#held.filter(({ visibleAt }) => visibleAt <= this.#time.now);
      if (visible.length === 0) break;
      const held = this.#random.pick(visible);
      if (held.receiveCount >= MAX_RECEIVES) {
        this.#held = this.#held.filter((other) => other !== held);
        this.deadLetters.push(held.message);
        continue;
      }
      held.receiveCount++;
      if (!this.#random.chance(this.#faults.twice)) held.visibleAt = this.#time.now + this.#visibilityMs;
      const { id, message, sentAt, receiveCount } = held;
      const { body, groupId, attributes = {} } = message;
      received.push(toQueueMessage({ id, body, groupId, attributes, sentAt, receiveCount }));
    }
    return received;
  }

  postpone(messages: readonly { readonly id: string; readonly seconds: number }[]): void {
    for (const { id, seconds } of messages)
      for (const held of this.#held) if (held.id === id) held.visibleAt = this.#time.now + seconds * 1000;
  }

  delete(ids: readonly string[]): void {
    this.#held = this.#held.filter(({ id }) => !ids.includes(id));
  }

  /** Run a callback when a message can be received, at `earliest` or later. */
  whenVisible(earliest: number, run: () => void): void {
    if (this.#held.length === 0) this.#waiting.push({ earliest, run });
    else this.#time.at(Math.max(earliest, Math.min(...this.#held.map(({ visibleAt }) => visibleAt))), run);
  }
}

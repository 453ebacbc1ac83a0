import {
  type OutgoingMessage,
  type QueueMessage,
  toQueueMessage,
} from '../../../core/model/queue-message.ts';
import type { MessageQueue } from '../../../core/ports/message-queue.ts';
import type { BatchedTime } from './batched-time.ts';
import { Heap } from './heap.ts';

interface Held {
  readonly id: string;
  readonly message: OutgoingMessage;
  readonly sentAt: number;
  /** When it became visible last, in order. */
  order: number;
  receiveCount: number;
}

interface Group {
  readonly waiting: Held[];
  /** The index in `waiting` of the next message. */
  head: number;
  inFlight: number;
}

/** A group's turn. It is stale once the group has another next message or another number in flight. */
interface Turn {
  readonly group: Group;
  readonly inFlight: number;
  readonly order: number;
}

/**
 * An SQS standard queue with fair queueing at its best: the next message is the oldest one of the groups with the fewest
 * messages in flight. A message is in flight until it is deleted or becomes visible again.
 */
export class FairQueue implements MessageQueue {
  readonly deadLetters: OutgoingMessage[] = [];
  sent = 0;
  /** Called when a message becomes visible. */
  onVisible: () => void = () => {};
  readonly #name: string;
  readonly #time: BatchedTime;
  readonly #maxReceives: number;
  readonly #groups = new Map<string, Group>();
  readonly #inFlight = new Map<string, Held>();
  readonly #turns = new Heap<Turn>(
    (a, b) => a.inFlight < b.inFlight || (a.inFlight === b.inFlight && a.order < b.order),
  );
  #orders = 0;
  #visible = 0;
  #delayed = 0;

  constructor(name: string, time: BatchedTime, maxReceives: number) {
    this.#name = name;
    this.#time = time;
    this.#maxReceives = maxReceives;
  }

  get visible(): number {
    return this.#visible;
  }

  get size(): number {
    return this.#visible + this.#delayed + this.#inFlight.size;
  }

  async send(messages: readonly OutgoingMessage[]): Promise<ReadonlySet<number>> {
    for (const message of messages) this.put(message);
    return new Set();
  }

  /** Return its dead letters as a queue, for a function that dead-letters messages itself. */
  asDeadLetterQueue(): MessageQueue {
    return {
      send: async (messages) => {
        this.deadLetters.push(...messages);
        return new Set();
      },
    };
  }

  put(message: OutgoingMessage): void {
    const id = `${this.#name}-${this.sent++}`;
    const held: Held = { id, message, sentAt: this.#time.now, order: 0, receiveCount: 0 };
    this.#showAt(held, this.#time.now + (message.delaySeconds ?? 0) * 1000);
  }

  receive(most: number): QueueMessage[] {
    const received: QueueMessage[] = [];
    while (received.length < most) {
      const held = this.#take();
      if (held === undefined) break;
      const { id, message, sentAt } = held;
      if (held.receiveCount >= this.#maxReceives) {
        this.deadLetters.push(message);
        continue;
      }
      const receiveCount = ++held.receiveCount;
      this.#inFlight.set(id, held);
      this.#count(message.groupId, 1);
      const { body, groupId, attributes = {} } = message;
      received.push(toQueueMessage({ id, body, groupId, attributes, sentAt, receiveCount }));
    }
    return received;
  }

  delete(id: string): void {
    this.#leaveFlight(id);
  }

  /** Let a message in flight become visible again at a time, or at an earlier one that was set before. */
  release(id: string, visibleAt: number): void {
    const held = this.#inFlight.get(id);
    if (held === undefined) return;
    const { receiveCount } = held;
    // Until then it stays in flight, as a message of a dead function does.
    this.#time.at(visibleAt, () => {
      if (held.receiveCount === receiveCount && this.#leaveFlight(id)) this.#show(held);
    });
  }

  #leaveFlight(id: string): boolean {
    const held = this.#inFlight.get(id);
    if (held === undefined) return false;
    this.#inFlight.delete(id);
    this.#count(held.message.groupId, -1);
    return true;
  }

  #showAt(held: Held, at: number): void {
    if (at <= this.#time.now) {
      this.#show(held);
      return;
    }
    this.#delayed++;
    this.#time.at(at, () => {
      this.#delayed--;
      this.#show(held);
    });
  }

  #show(held: Held): void {
    const { groupId } = held.message;
    const group = this.#groups.get(groupId) ?? { waiting: [], head: 0, inFlight: 0 };
    this.#groups.set(groupId, group);
    held.order = this.#orders++;
    group.waiting.push(held);
    this.#visible++;
    if (group.waiting.length - group.head === 1) this.#queueUp(group);
    this.onVisible();
  }

  #count(groupId: string, change: number): void {
    const group = this.#groups.get(groupId);
    if (group === undefined) return;
    group.inFlight += change;
    if (group.head < group.waiting.length) this.#queueUp(group);
    else if (group.inFlight === 0) this.#groups.delete(groupId);
  }

  #queueUp(group: Group): void {
    const next = group.waiting[group.head];
    if (next !== undefined) this.#turns.push({ group, inFlight: group.inFlight, order: next.order });
  }

  /** Take the next message, whose group queues up again when it is counted as in flight. */
  #take(): Held | undefined {
    for (let turn = this.#turns.pop(); turn !== undefined; turn = this.#turns.pop()) {
      const { group, inFlight, order } = turn;
      const held = group.waiting[group.head];
      if (held === undefined || group.inFlight !== inFlight || held.order !== order) continue;
      group.head++;
      // Dropping what was taken now and then is cheaper than shifting each message.
      if (group.head > 1000 && group.head * 2 > group.waiting.length) {
        group.waiting.splice(0, group.head);
        group.head = 0;
      }
      this.#visible--;
      if (held.receiveCount >= this.#maxReceives) this.#queueUp(group);
      return held;
    }
    return undefined;
  }
}

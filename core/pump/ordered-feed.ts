import type { FlowState } from '../model/flow-state.ts';
import { deliveryName, type WaitingDelivery } from '../model/waiting-delivery.ts';
import type { KeyMark, OrderedQueues } from '../ports/mailbox.ts';
import type { AttemptWaiting } from './attempt-waiting.ts';
import type { Feed } from './feed.ts';
import { KeyMarks } from './key-marks.ts';
import { isPulled } from './pulled.ts';

/** The ordering keys that are looked at together. */
const AT_ONCE = 20;
/** A delivery that is due by then is waited for, instead of marking its key for later. */
const SOON_MS = 2000;
/** The entries of a key that are read together at most; those at the beginning may be on their way out. */
const PER_READ = 25;

/** What a turn knows of an ordering key. */
interface Line {
  readonly key: string;
  /**
   * `idle`: nothing to do until it is marked again. `queued`: its first delivery must be looked at. `busy`: that is being sent.
   * `resting`: nothing to do for now, and its marks stay. `blocked`: a fault of ours prevented an attempt, and nothing of it is
   * sent in this turn.
   */
  state: 'idle' | 'queued' | 'busy' | 'resting' | 'blocked';
  /** The marks that are in the table, by their times. */
  readonly marks: Map<number | null, KeyMark>;
  /** The deliveries that have succeeded or ended, and may be in the table still. */
  readonly leaving: Set<string>;
  /** When its first delivery is due, if that is soon. */
  soonAt: number | null;
}

/**
 * Feeds a turn with the first delivery of each ordering key, and with the next one of the key when that has succeeded or ended.
 *
 * A mark in the table says that a key must be looked at. It stays there while anything may be left to do for the key, so that
 * the pump after one that dies finds the key. A key without deliveries loses its marks; one whose first delivery is due later
 * is marked for that time, and loses the others.
 */
export class OrderedFeed implements Feed {
  readonly #queues: OrderedQueues;
  readonly #subscriptionId: string;
  readonly #pull: FlowState['pull'];
  readonly #marks: KeyMarks;
  readonly #lines = new Map<string, Line>();
  #queued: Line[] = [];
  /** The first deliveries of keys, to be sent. */
  readonly #firsts: WaitingDelivery[] = [];
  readonly #soon = new Set<Line>();

  constructor(queues: OrderedQueues, subscriptionId: string, pull: FlowState['pull'], now: number) {
    this.#queues = queues;
    this.#subscriptionId = subscriptionId;
    this.#pull = pull;
    this.#marks = new KeyMarks(queues, subscriptionId, { pull, now, note: (mark) => this.#note(mark) });
  }

  lookAgain(): void {
    this.#marks.lookAgain();
  }

  get isSoon(): boolean {
    return this.#soon.size > 0;
  }

  async take(now: number): Promise<WaitingDelivery | null> {
    for (const line of this.#soon) if ((line.soonAt ?? 0) <= now) this.#queue(line);
    if (this.#firsts.length === 0) await this.#findFirsts(now);
    return this.#firsts.shift() ?? null;
  }

  begin(entry: WaitingDelivery, attempt: Parameters<Feed['begin']>[1]): void {
    const line = entry.ordered && this.#lines.get(entry.ordered.key);
    if (line === undefined) return;
    const name = nameOf(entry);
    void attempt.concluded.then((how) => this.#noteEnd(line, name, how));
    const hasLeft = () => {
      line.leaving.delete(name);
      if (line.state === 'resting') this.#queue(line);
    };
    // After a fault of ours it is still there, and so are the marks of its key.
    attempt.verdict.then(hasLeft, () => {});
  }

  #noteEnd(line: Line, name: string, how: Awaited<AttemptWaiting['concluded']>): void {
    if (how === 'fault') line.state = 'blocked';
    else if (how === 'leaves') {
      line.leaving.add(name);
      this.#queue(line);
    } else {
      // Its next attempt has been put, and a mark with it.
      line.state = 'idle';
      this.#marks.lookAgain();
    }
  }

  #queue(line: Line): void {
    line.state = 'queued';
    line.soonAt = null;
    this.#soon.delete(line);
    this.#queued.push(line);
  }

  /** Look at queued keys until there is something to send, or nothing more to look at. */
  async #findFirsts(now: number): Promise<void> {
    let hasRead: boolean;
    do {
      // Also while keys are queued, so that those with many deliveries leave the others their turn.
      hasRead = await this.#marks.read(now, this.#queued.length > 0);
      const some = this.#queued.splice(0, AT_ONCE);
      await Promise.all(some.map((line) => this.#look(line, now)));
    } while (this.#firsts.length === 0 && (hasRead || this.#queued.length > 0));
  }

  /** Note a mark. Return whether its key must be looked at because of it. */
  #note(mark: KeyMark): boolean {
    const known = this.#lines.get(mark.key);
    const line: Line = known ?? {
      ...{ key: mark.key, state: 'idle', marks: new Map(), leaving: new Set(), soonAt: null },
    };
    this.#lines.set(mark.key, line);
    const isNew = line.marks.get(mark.dueAt)?.stamp !== mark.stamp;
    line.marks.set(mark.dueAt, mark);
    if (line.state !== 'idle' && (line.state !== 'resting' || !isNew)) return false;
    this.#queue(line);
    return true;
  }

  /** Find out what is to be done for a key. */
  async #look(line: Line, now: number): Promise<void> {
    const first = await this.#firstOf(line);
    if (first !== null && (first.dueAt <= now || isPulled(first, this.#pull))) {
      line.state = 'busy';
      this.#firsts.push(first);
    } else if (first !== null && first.dueAt - now <= SOON_MS) {
      line.state = 'resting';
      line.soonAt = first.dueAt;
      this.#soon.add(line);
    } else if (first === null && line.leaving.size > 0) {
      // Without its mark, nobody would find what has not left if this pump died.
      line.state = 'resting';
    } else {
      if (first !== null) await this.#markForLater(line, first);
      await this.#unmark(line, first);
      line.state = 'idle';
    }
  }

  /** Return the first delivery of a key that is not about to leave, or null. */
  async #firstOf({ key, leaving }: Line): Promise<WaitingDelivery | null> {
    // A read that has begun returns also what leaves before it ends.
    const isLeaving = new Set(leaving);
    let cursor: string | null = null;
    do {
      const limit = Math.min(PER_READ, isLeaving.size + 1);
      const page = await this.#queues.queue(this.#subscriptionId, key, { limit, cursor });
      const first = page.items.find((entry) => !isLeaving.has(nameOf(entry)));
      if (first !== undefined) return first;
      cursor = page.cursor;
    } while (cursor !== null);
    return null;
  }

  async #markForLater({ key, marks }: Line, { dueAt, failedAt, outage }: WaitingDelivery): Promise<void> {
    if (marks.has(dueAt)) return;
    const failure = { ...(failedAt !== undefined && { failedAt }), ...(outage !== undefined && { outage }) };
    marks.set(dueAt, await this.#queues.mark(this.#subscriptionId, { key, dueAt, ...failure }));
  }

  /** Remove the marks of a key, except the one of its first delivery. */
  async #unmark({ marks }: Line, first: WaitingDelivery | null): Promise<void> {
    const obsolete = [...marks.values()].filter(({ dueAt }) => dueAt !== first?.dueAt);
    for (const { dueAt } of obsolete) marks.delete(dueAt);
    await Promise.all(obsolete.map((mark) => this.#queues.unmark(this.#subscriptionId, mark)));
  }
}

const nameOf = (entry: WaitingDelivery) => `${entry.ordered?.order} ${deliveryName(entry)}`;

import type { FlowState } from '../model/flow-state.ts';
import { type KeyMark, type OrderedQueues, PART_NUMBERS } from '../ports/mailbox.ts';
import { isPulled } from './pulled.ts';

/** How often the marks are read while there is something to send. */
const LOOK_AGAIN_MS = 250;
const PER_READ = 50;

interface Part {
  readonly number: number;
  /** Where the next read continues, see `MailboxRange.after`. */
  after: string | number | null;
}

const allParts = (after: number | null = null): Part[] => PART_NUMBERS.map((number) => ({ number, after }));

/** Reads the marks of ordering keys round after round: those without a time and those that are due, and once those that are pulled. */
export class KeyMarks {
  readonly #queues: Pick<OrderedQueues, 'marks'>;
  readonly #subscriptionId: string;
  readonly #pull: FlowState['pull'];
  readonly #note: (mark: KeyMark) => boolean;
  readonly #due = allParts();
  /** The parts that have pulled marks left. */
  #pulled: readonly Part[];
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param note takes each mark, and returns whether that makes work */
  constructor(
    queues: Pick<OrderedQueues, 'marks'>,
    subscriptionId: string,
    { pull, now, note }: { pull: FlowState['pull']; now: number; note: (mark: KeyMark) => boolean },
  ) {
    this.#queues = queues;
    this.#subscriptionId = subscriptionId;
    this.#pull = pull;
    this.#note = note;
    this.#pulled = pull === null ? [] : allParts(now);
  }

  /** Have the next read not wait: a mark was put. */
  lookAgain(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Read some marks, unless that was done a moment ago. If there is no other work, read until there is some, or no more marks.
   * Return whether they make work.
   */
  async read(now: number, hasWork: boolean): Promise<boolean> {
    let makesWork = false;
    if (now - this.#readAt >= LOOK_AGAIN_MS) {
      this.#readAt = now;
      // A part that was read to its end begins anew with the next round.
      for (let parts: readonly Part[] = this.#due; parts.length > 0; ) {
        makesWork = await this.#readFrom(parts, now);
        if (hasWork || makesWork) break;
        parts = parts.filter(({ after }) => after !== null);
      }
    }
    while (!hasWork && !makesWork && this.#pulled.length > 0) {
      makesWork = await this.#readFrom(this.#pulled, null);
      this.#pulled = this.#pulled.filter(({ after }) => after !== null);
    }
    return makesWork;
  }

  /** @param until null to read what is pulled */
  async #readFrom(parts: readonly Part[], until: number | null): Promise<boolean> {
    const pages = await Promise.all(
      parts.map(async (part) => {
        const range = { after: part.after, until, limit: PER_READ };
        const { items, cursor } = await this.#queues.marks(this.#subscriptionId, part.number, range);
        part.after = cursor;
        return items;
      }),
    );
    const found = pages.flat().filter((mark) => until !== null || isPulled(mark, this.#pull));
    return found.filter(this.#note).length > 0;
  }
}

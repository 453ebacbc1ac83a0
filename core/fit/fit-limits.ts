import { Allowance } from '../engines/template/step-meter.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Event, MAX_EVENT_BYTES } from '../model/event.ts';

/** The caller waits for the check. */
const MAX_MS = 1000;
/** A tenth of a second of a whole processor; an evaluation that has begun may take another 30 ms. */
const MAX_STEPS = 1_000_000;
const MAX_BYTES = 4 * 1024 * 1024;
/** What the largest event takes of {@link MAX_BYTES}, but for the changes that a document's change brings. */
const LARGEST = MAX_EVENT_BYTES[2].published;

/** Something took longer than there was time. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/** What all checks of one request may take together: time, steps of customer code, and bytes of samples and events. */
export class FitLimits {
  /** Pays for conditions and templates. */
  readonly allowance = new Allowance(MAX_STEPS);
  readonly #clock: Clock;
  readonly #until: number;
  #bytes = MAX_BYTES;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#until = clock() + MAX_MS;
  }

  /** Whether nothing more may be evaluated. */
  get isOver(): boolean {
    return this.allowance.isSpent || this.#clock() >= this.#until;
  }

  /** How many events of any size may be read at once. */
  get room(): number {
    return Math.floor(this.#bytes / LARGEST);
  }

  /** Account for what was read. */
  read({ data, changes, actor }: Pick<Event, 'data' | 'changes' | 'actor'>): void {
    for (const text of [data, changes, actor]) this.#bytes -= Buffer.byteLength(text ?? '');
  }

  /**
   * Wait for something as long as there is time. What is late goes on, and its result is nobody's.
   *
   * @throws OutOfTimeError
   */
  async inTime<Result>(begun: Promise<Result>): Promise<Result> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new OutOfTimeError()), Math.max(0, this.#until - this.#clock()));
    });
    try {
      return await Promise.race([begun, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

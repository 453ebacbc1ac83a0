/** How often the deadline checks the clock. */
const TICK_MS = 50;
/** How late a timer may fire in an idle process. */
const LATE_MS = 10;

/**
 * A deadline that counts only the time in which this process could run. While it renders a template, it cannot read a
 * response; without this, one customer's slow template would make another's endpoint look slow.
 */
export class Deadline {
  readonly #onEnd: () => void;
  #leftMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, onEnd: () => void) {
    this.#leftMs = ms;
    this.#onEnd = onEnd;
    this.#wait();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const waitMs = Math.min(TICK_MS, this.#leftMs);
    const from = performance.now();
    this.#timer = setTimeout(() => {
      this.#leftMs -= Math.min(performance.now() - from, waitMs + LATE_MS);
      if (this.#leftMs <= 0) this.#onEnd();
      else this.#wait();
    }, waitMs);
  }
}

/** How often it looks at the clock. */
const TICK_MS = 50;
/** A timer may be so late without anything having kept the process busy. */
const LATE_MS = 10;

/**
 * Ends after so many milliseconds in which this process could run. While it renders a template, say, it sees no answer,
 * and an endpoint must not be blamed for that: another one's template could make it look slow.
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

/** How often the deadline checks the clock. */
const TICK_MS = 50;
/** How late a timer may fire in an idle process. */
const LATE_MS = 10;

/**
 * A deadline that counts only the time in which this process could run. While it renders a template, it cannot read a
 * response; without this, one customer's slow template would make another's endpoint look slow. The function ends
 * nevertheless, so there is a last moment, too, that does not move.
 */
export class Deadline {
  readonly #latestAt: number;
  readonly #onEnd: () => void;
  #leftMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param latestAt the last moment, by `performance.now()` */
  constructor(ms: number, latestAt: number, onEnd: () => void) {
    this.#leftMs = ms;
    this.#latestAt = latestAt;
    this.#onEnd = onEnd;
    this.#wait();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const from = performance.now();
    const waitMs = Math.max(0, Math.min(TICK_MS, this.#leftMs, this.#latestAt - from));
    this.#timer = setTimeout(() => {
      const now = performance.now();
      this.#leftMs -= Math.min(now - from, waitMs + LATE_MS);
      if (this.#leftMs <= 0 || now >= this.#latestAt) this.#onEnd();
      else this.#wait();
    }, waitMs);
  }
}

/** Time that moves from one event to the next. Nothing of a simulation waits for a real clock. */
export class VirtualTime {
  now: number;
  #order = 0;
  readonly #due: { at: number; order: number; run: () => void }[] = [];

  constructor(start: number) {
    this.now = start;
  }

  readonly clock = (): number => this.now;

  at(time: number, run: () => void): void {
    this.#due.push({ at: Math.max(time, this.now), order: this.#order++, run });
  }

  sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.at(this.now + ms, resolve);
    return promise;
  }

  /** Runs everything until nothing is left or the time is reached. Answers whether nothing was left. */
  async runUntil(end: number): Promise<boolean> {
    for (;;) {
      const next = this.#takeNext();
      if (next === undefined) return true;
      if (next.at > end) return false;
      this.now = next.at;
      next.run();
      // Lets everything that this set in motion come to where it waits for time again.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #takeNext() {
    let first = 0;
    for (let index = 1; index < this.#due.length; index++) {
      const [a, b] = [this.#due[index], this.#due[first]];
      if (a && b && (a.at < b.at || (a.at === b.at && a.order < b.order))) first = index;
    }
    return this.#due.splice(first, 1)[0];
  }
}

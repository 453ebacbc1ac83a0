/** A clock that jumps from one event to the next, so that a simulation never waits for a real clock. */
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

  /** Return replacements of the platform's timers. */
  timers() {
    const cancelled = new Set<number>();
    let started = 0;
    return {
      setTimeout: (run: () => void, ms = 0): number => {
        const timer = ++started;
        this.at(this.now + ms, () => {
          if (!cancelled.delete(timer)) run();
        });
        return timer;
      },
      clearTimeout: (timer: number): void => void cancelled.add(timer),
    };
  }

  /** Run everything that is due until a time. Return whether nothing is left. */
  async runUntil(end: number): Promise<boolean> {
    for (;;) {
      const next = this.#takeNext(end);
      if (next === undefined) return this.#due.length === 0;
      this.now = next.at;
      next.run();
      // Let everything that this started run until it waits for time again.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Take the next entry that is due until a time. */
  #takeNext(end: number) {
    let first = 0;
    for (let index = 1; index < this.#due.length; index++) {
      const [a, b] = [this.#due[index], this.#due[first]];
      if (a && b && (a.at < b.at || (a.at === b.at && a.order < b.order))) first = index;
    }
    const next = this.#due[first];
    if (next !== undefined && next.at <= end) this.#due.splice(first, 1);
    return next !== undefined && next.at <= end ? next : undefined;
  }
}
